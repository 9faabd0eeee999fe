import Foundation
import Testing

@Suite struct MapCommandTests {
    static let samples = [
        ("scripts/northgate", "01_cdk_ro_history.csv"),
        ("scripts/hillside", "08_line_items.csv"),
        ("scripts/examples/corrections", "11_corrections_and_voids.csv"),
        ("scripts/lakeside", "16_declined_then_done.csv"),
        ("scripts/examples/joined-xml", "03_dealertrack_closed_ro.xml"),
        ("scripts/examples/star-xml", "04_star_show_repair_order.xml"),
        ("scripts/examples/record-kinds", "09_comment_lines.txt"),
        ("scripts/examples/json-lines", "05_tekion_repair_orders.jsonl"),
        ("scripts/examples/dirty-csv", "14_dirty_concatenated.csv"),
    ]

    @Test("R33: a real export maps to exactly the repair orders that it holds", arguments: samples)
    func mapsExactly(rooftop: String, export: String) throws {
        let file = "\(rooftop)/fixtures/\(export)"
        let run = try CommandLineTool.run("map", rooftop, file)
        let hasBadRows = FileManager.default.fileExists(atPath: CommandLineTool.root.appending(path: file + ".quarantine.json").path)
        #expect(run.status == (hasBadRows ? 1 : 0), "\(run.complaints)")
        let expected = try Data(contentsOf: CommandLineTool.root.appending(path: file + ".expected.json"))
        let mapped = try JSONSerialization.jsonObject(with: run.output) as? [NSDictionary]
        let right = try JSONSerialization.jsonObject(with: expected) as? [NSDictionary]
        #expect(try #require(mapped).count > 20)
        #expect(mapped == right)
    }

    @Test("the bad rows of a dirty export are put aside, those and no others, each with why")
    func badRows() throws {
        let scratch = try Scratch()
        let file = "scripts/examples/dirty-csv/fixtures/14_dirty_concatenated.csv"
        _ = try CommandLineTool.run("map", "scripts/examples/dirty-csv", file, "--quarantine", scratch.path("out.jsonl"))
        let lines = try String(contentsOfFile: scratch.path("out.jsonl"), encoding: .utf8).split(separator: "\n")
        let aside = try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        let expected = try JSONSerialization.jsonObject(with: Data(contentsOf: CommandLineTool.root.appending(path: file + ".quarantine.json")))
        let right = try #require(expected as? [[String: Any]])
        #expect(aside.map { $0["line_from"] as? Int } == right.map { $0["line"] as? Int })
        let words = [
            "MILEAGE_NEGATIVE": "Miles is negative", "DATE_INVALID": "Closed is no day", "PRICE_INVALID": "DeclPrice is no amount",
            "ROW_SHORT": "the row is short", "QUOTE_UNCLOSED": "opens with a quote that is not closed", "NOT_A_RECORD": "not a record",
        ]
        for (row, right) in zip(aside, right) {
            let code = try #require(right["code"] as? String)
            #expect((row["reason"] as? String)?.contains(try #require(words[code])) == true, "\(code): \(row)")
        }
    }

    @Test("a mapping is short enough to review", arguments: samples)
    func short(rooftop: String, export: String) throws {
        let text = try String(contentsOf: CommandLineTool.root.appending(path: "\(rooftop)/mapping.lua"), encoding: .utf8)
        #expect(text.split(separator: "\n").count <= 60)
    }

    @Test("rows that don't map are quarantined with place, code, reason and raw text")
    func quarantine() throws {
        let scratch = try Scratch()
        let header = "RO,Closed,CustName,Phones,Email,EmailOK,TextOK,VIN,Yr,Make,Model,Miles,Line,Type,OpCode,OpDesc,Total,LineStatus,TechNotes\n"
        let good = "1,2/3/2026,\"TRAN, ABEL\",,,,,,,,,,1,C,LOF,OIL,1.00,OK,\n"
        let bad = "2,02/30/2026,\"TRAN, ABEL\",,,,,,,,,,1,C,LOF,OIL,1.00,OK,\n"
        let file = try scratch.write("export.csv", header + good + bad)
        let run = try CommandLineTool.run("map", "scripts/hillside", file, "--quarantine", scratch.path("out.jsonl"))
        #expect(run.status == 1)
        #expect(run.complaints.contains("line 3: refused: Closed is no day"))
        let line = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: scratch.path("out.jsonl")))) as? [String: Any]
        #expect(line?["code"] as? String == "refused")
        #expect(line?["line_from"] as? Int == 3)
        #expect(line?["byte_offset"] as? Int == header.utf8.count + good.utf8.count)
        #expect(line?["raw"] as? String == String(bad.dropLast()))
    }

    @Test("a mapping that fails costs its rows, and names the script's line")
    func failingMapping() throws {
        let scratch = try Scratch()
        for (name, body, code) in [
            ("misspelt", "return { ro_number = rows[1].R0 }", "script_error"),
            ("endless", "while true do end", "script_stopped"),
            ("number", "return 7", "bad_repair_order"),
            ("cycle", "local t = {} t.ro_number = t return t", "script_error"),
            ("unknown", "return { ro_number = rows[1].RO, closed_on = rows[1].DATE, milage = 3 }", "bad_repair_order"),
        ] {
            _ = try scratch.write("\(name)/rooftop.lua", "return {}")
            _ = try scratch.write("\(name)/mapping.lua", "return { feed = { format = 'csv' },\n  repair_order = function(rows)\n    \(body)\n  end }")
            let file = try scratch.write("\(name).csv", "RO,DATE\n1,2026-01-02\n")
            let run = try CommandLineTool.run("map", scratch.path(name), file)
            #expect(run.status == 1, "\(name): \(run.complaints)")
            #expect(run.complaints.contains(code), "\(name): \(run.complaints)")
            let line = ["misspelt", "endless", "unknown"].contains(name) ? 3 : 2
            #expect(run.complaints.contains("mapping.lua:\(line)"), "\(name): \(run.complaints)")
        }
    }

    @Test("wrong input is told with what, where and what next")
    func wrongInput() throws {
        let scratch = try Scratch()
        let empty = try scratch.write("empty.csv", "")
        let binary = scratch.path("binary.csv")
        try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(to: URL(filePath: binary))
        let header = try scratch.write("header.csv", "Order,Closed\n1,2/3/2026\n")
        _ = try scratch.write("broken/rooftop.lua", "return {}")
        _ = try scratch.write("broken/mapping.lua", "return {\n  repair_order = function(rows) if rows != 1 then end end\n}")
        let cases: [(arguments: [String], status: Int32, words: [String])] = [
            (["scripts/hillside", scratch.path("none.csv")], 66, ["cannot read", "none.csv"]),
            (["scripts/hillside", empty], 65, ["the file is empty"]),
            (["scripts/hillside", binary], 65, ["binary.csv"]),
            (["scripts/hillside", header], 65, ["feed.group_by names column 'RO'", "'Order'"]),
            (["scripts/nowhere", header], 66, ["scripts/nowhere"]),
            ([scratch.path("broken"), header], 65, ["mapping.lua:2", "~="]),
        ]
        for (arguments, status, words) in cases {
            let run = try CommandLineTool.run("map", arguments[0], arguments[1])
            #expect(run.status == status, "\(arguments): \(run.complaints)")
            #expect(run.output.isEmpty)
            for word in words { #expect(run.complaints.contains(word), "\(arguments): \(run.complaints)") }
        }
    }

    @Test("a quarantine file that can't be written is told before anything is printed")
    func unwritableQuarantine() throws {
        let scratch = try Scratch()
        let run = try CommandLineTool.run(
            "map", "scripts/hillside", "scripts/hillside/fixtures/08_line_items.csv", "--quarantine", scratch.path("no/such/out.jsonl"))
        #expect(run.status == 66)
        #expect(run.output.isEmpty)
        #expect(run.complaints.contains("quarantined rows can't be written here"))
    }

    @Test("a file in another encoding than the mapping pins is refused, with what to set")
    func otherEncoding() throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: CommandLineTool.root.appending(path: "scripts/hillside/fixtures/08_line_items.csv"), encoding: .utf8)
        let data = try #require(text.data(using: .utf16))
        try data.write(to: URL(filePath: scratch.path("utf16.csv")))
        let run = try CommandLineTool.run("map", "scripts/hillside", scratch.path("utf16.csv"))
        #expect(run.status == 65)
        #expect(run.complaints.contains("set feed.encoding = \"utf-16\""))
    }

    @Test("the examples load", arguments: ["scripts/northgate", "scripts/hillside", "scripts/lakeside"])
    func check(rooftop: String) throws {
        let run = try CommandLineTool.run("check", rooftop)
        #expect(run.status == 0, "\(run.complaints)")
    }
}

@Suite struct DocumentationTests {
    @Test("the first mapping of the docs maps the export of the docs")
    func firstMapping() throws {
        let scratch = try Scratch()
        let page = try String(contentsOf: CommandLineTool.root.appending(path: "docs/learning/first-mapping.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```")
        let export = try #require(blocks.first { $0.hasPrefix("\nRO,") }).dropFirst()
        let mapping = try #require(blocks.first { $0.hasPrefix("lua mapping.lua\n") }).dropFirst("lua mapping.lua\n".count)
        _ = try scratch.write("mystore/rooftop.lua", "return {}")
        _ = try scratch.write("mystore/mapping.lua", String(mapping))
        let run = try CommandLineTool.run("map", scratch.path("mystore"), try scratch.write("export.csv", String(export)))
        #expect(run.status == 0, "\(run.complaints)")
        let orders = try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]]
        #expect(orders?.count == 1)
        #expect(orders?.first?["ro_number"] as? String == "001042")
        #expect((orders?.first?["declined"] as? [[String: Any]])?.first?["price_cents"] as? Int == 41250)
    }

    @Test("every file that a page links to is there")
    func links() throws {
        for page in ["README.md", "docs/architecture.md", "docs/learning/first-mapping.md", "docs/learning/first-script.md", "docs/contact-policy.md"] {
            let file = CommandLineTool.root.appending(path: page)
            for link in try String(contentsOf: file, encoding: .utf8).matches(of: /\]\(([^)#:]+)\)/) {
                let target = file.deletingLastPathComponent().appending(path: String(link.1))
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link.1)")
            }
        }
    }
}
