import Foundation
import Testing

@Suite struct SniffCommandTests {
    static let samples = [
        "scripts/northgate/fixtures/01_cdk_ro_history.csv", "scripts/examples/joined-xml/fixtures/03_dealertrack_closed_ro.xml",
        "scripts/examples/star-xml/fixtures/04_star_show_repair_order.xml", "scripts/examples/json-lines/fixtures/05_tekion_repair_orders.jsonl",
        "scripts/hillside/fixtures/08_line_items.csv", "Tests/FeedsTests/Fixtures/09_comment_lines.txt",
        "scripts/examples/corrections/fixtures/11_corrections_and_voids.csv", "scripts/examples/dirty-csv/fixtures/14_dirty_concatenated.csv",
        "scripts/lakeside/fixtures/16_declined_then_done.csv",
    ]

    @Test("a draft loads and runs on the file it was made from: every row maps or is put aside in words", arguments: samples)
    func draftRuns(export: String) throws {
        let scratch = try Scratch()
        let draft = try CommandLineTool.run("sniff", export, "--mapping")
        #expect(draft.status == 0, "\(draft.complaints)")
        _ = try scratch.write("mystore/rooftop.lua", "return {}")
        _ = try scratch.write("mystore/mapping.lua", String(decoding: draft.output, as: UTF8.self))
        let run = try CommandLineTool.run("map", scratch.path("mystore"), export)
        #expect(run.status == 0 || run.status == 1, "\(run.complaints)")
        #expect(!run.complaints.contains("script_error"), "\(run.complaints)")
        #expect(!run.complaints.contains("script_stopped"), "\(run.complaints)")
    }

    @Test("where the file says enough, the draft maps it all", arguments: [("scripts/northgate", "01_cdk_ro_history.csv", 58), ("scripts/lakeside", "16_declined_then_done.csv", 28)])
    func draftMaps(rooftop: String, export: String, count: Int) throws {
        let scratch = try Scratch()
        let file = "\(rooftop)/fixtures/\(export)"
        _ = try scratch.write("mystore/rooftop.lua", "return {}")
        _ = try scratch.write("mystore/mapping.lua", String(decoding: try CommandLineTool.run("sniff", file, "--mapping").output, as: UTF8.self))
        let run = try CommandLineTool.run("map", scratch.path("mystore"), file)
        #expect(run.status == 0, "\(run.complaints)")
        let orders = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
        let expected = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: CommandLineTool.root.appending(path: file + ".expected.json"))) as? [[String: Any]])
        #expect(orders.count == count)
        for (order, right) in zip(orders, expected) {
            for field in ["ro_number", "closed_on", "mileage", "vehicle"] { #expect(order[field] as? NSObject == right[field] as? NSObject) }
            #expect((order["declined"] as? [Any])?.count == (right["declined"] as? [Any])?.count)
            // Which way round a consent reads is never guessed.
            #expect((order["customer"] as? [String: Any])?["text_ok"] is NSNull)
        }
    }

    @Test("what is printed is what was printed before", arguments: ["scripts/hillside/fixtures/08_line_items.csv", "scripts/examples/star-xml/fixtures/04_star_show_repair_order.xml"])
    func golden(export: String) throws {
        let run = try CommandLineTool.run("sniff", export)
        #expect(run.status == 0, "\(run.complaints)")
        let name = URL(filePath: export).lastPathComponent
        let golden = CommandLineTool.root.appending(path: "Tests/Fixtures/sniff/\(name).txt")
        #expect(String(decoding: run.output, as: UTF8.self) == (try String(contentsOf: golden, encoding: .utf8)))
    }

    @Test("samples are left out on request, on paper and for machines")
    func noSamples() throws {
        let export = "scripts/hillside/fixtures/08_line_items.csv"
        for run in [
            try CommandLineTool.run("sniff", export, "--no-samples"), try CommandLineTool.run("sniff", export, "--no-samples", "--format", "json"),
            try CommandLineTool.run("sniff", export, "--mapping"),
        ] {
            #expect(run.status == 0)
            for word in ["LINDQVIST", "555-0153", "example.org"] { #expect(!String(decoding: run.output, as: UTF8.self).contains(word)) }
        }
        #expect(String(decoding: try CommandLineTool.run("sniff", export).output, as: UTF8.self).contains("LINDQVIST"))
    }

    @Test("for machines it is one JSON object")
    func json() throws {
        let run = try CommandLineTool.run("sniff", "scripts/northgate/fixtures/01_cdk_ro_history.csv", "--format", "json")
        let object = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
        #expect(object["format"] as? String == "csv")
        #expect(object["encoding"] as? String == "windows-1252")
        #expect((object["mapping"] as? String)?.contains("repair_order = function(rows)") == true)
        #expect(((object["kinds"] as? [[String: Any]])?.first?["columns"] as? [Any])?.count == 25)
    }

    @Test("what can't be looked at is told in words")
    func wrongInput() throws {
        let scratch = try Scratch()
        let zip = scratch.path("export.xlsx")
        try Data([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]).write(to: URL(filePath: zip))
        for (file, status, words) in [
            (scratch.path("none.csv"), 66, "cannot read"), (try scratch.write("empty.csv", ""), 65, "empty"), (zip, 65, "save the workbook as CSV"),
            (scratch.path(""), 66, "folder"),
        ] as [(String, Int32, String)] {
            let run = try CommandLineTool.run("sniff", file)
            #expect(run.status == status, "\(run.complaints)")
            #expect(run.complaints.contains(words), "\(run.complaints)")
            #expect(run.output.isEmpty)
        }
    }

    @Test("names that would be code, comments or commands to a terminal are only names")
    func hostileNames() throws {
        let scratch = try Scratch()
        let text = "RO,CLOSED,]] os.exit() --,\"a\"\" .. error() .. \"\"b\",end,\u{1B}[2J,STATUS\n" + (0..<20).map { "\(1_000 + $0),2026-03-01,x,y,z,w,DECLINED\n" }.joined()
        let file = try scratch.write("export.csv", text)
        _ = try scratch.write("mystore/rooftop.lua", "return {}")
        let draft = try CommandLineTool.run("sniff", file, "--mapping")
        _ = try scratch.write("mystore/mapping.lua", String(decoding: draft.output, as: UTF8.self))
        let run = try CommandLineTool.run("map", scratch.path("mystore"), file)
        #expect(run.status == 0 || run.status == 1, "\(run.complaints)")
        #expect(!run.complaints.contains("script_error"), "\(run.complaints)")
        #expect(!(try CommandLineTool.run("sniff", file).output.contains(0x1B)))
    }
}
