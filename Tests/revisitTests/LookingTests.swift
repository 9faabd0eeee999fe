import Foundation
import Testing

/// What `revisit map` shows of a mapping: coverage, differences, one record explained.
@Suite struct LookingTests {
    private static let header = "RO,CLOSE DT,CUST,TXT,FAX,STORE,NOTE\n"
    private static let rows = (1...12).map { "\($0),03/0\($0 % 9 + 1)/2026,\"LOPEZ,MARIA\",Y,,7,n\($0)\n" }.joined()

    private static func mapping(_ customer: String = "name = rows[1].CUST, text_ok = rows[1].TXT == 'Y'", after: String = "") -> String {
        """
        local dates = require "dates"
        return { feed = { format = "csv" }, repair_order = function(rows)
          if rows[1].STORE ~= "7" then return skip "another store" end
          \(after)
          return { ro_number = rows[1].RO, closed_on = dates.parse(rows[1]["CLOSE DT"], "MM/DD/YYYY"), customer = { \(customer) }, vehicle = {} }
        end }
        """
    }

    private static func rooftop(_ name: String, _ mapping: String, in scratch: Scratch) throws -> String {
        _ = try scratch.write("\(name)/rooftop.lua", "return {}")
        _ = try scratch.write("\(name)/mapping.lua", mapping)
        return scratch.path(name)
    }

    @Test("coverage names what is never read, always blank, always the same, one way, and never filled")
    func coverage() throws {
        let scratch = try Scratch()
        let file = try scratch.write("export.csv", Self.header + Self.rows)
        let run = try CommandLineTool.run("map", try Self.rooftop("mine", Self.mapping(), in: scratch), file, "--coverage")
        #expect(run.status == 0)
        #expect(run.text.hasPrefix("12 records, 12 repair orders\n"))
        #expect(run.text.contains("Never read, though there is something in them\n  NOTE "))
        #expect(run.text.contains("Always blank\n  FAX\n"))
        #expect(run.text.contains("Read, but the same on every record\n  CUST "))
        #expect(run.text.contains("customer.text_ok  is yes on all 12 that have it"))
        #expect(run.text.contains("Never filled in the repair orders\n  revision\n  mileage\n"))
        let machine = try CommandLineTool.run("map", scratch.path("mine"), file, "--coverage", "--format", "json")
        let document = try #require(JSONSerialization.jsonObject(with: machine.output) as? [String: Any])
        #expect(document["schema"] as? String == "revisit.coverage/1")
        #expect((document["source"] as? [[String: Any]])?.count == 7)
    }

    @Test("coverage of trees goes by paths, and names what no record has")
    func coverageOfTrees() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "export.jsonl", #"{"ro": 1, "day": "2026-03-03", "jobs": [{"op": "A", "pay": "C"}], "extra": {"x": null}}"# + "\n" + #"{"ro": 2, "day": "2026-03-03", "jobs": []}"# + "\n")
        let mapping = """
            return { feed = { format = "jsonl" }, repair_order = function(rows)
              local order = rows[1]
              for _, job in ipairs(order.jobs) do local _ = job.op, job.opcode end
              return { ro_number = tostring(order.ro), closed_on = order.day, customer = {}, vehicle = {} }
            end }
            """
        let run = try CommandLineTool.run("map", try Self.rooftop("tree", mapping, in: scratch), file, "--coverage")
        #expect(run.text.contains("Never read, though there is something in them\n  jobs[].pay "))
        #expect(run.text.contains("Always blank\n  extra.x\n"))
        #expect(run.text.contains("Asked for by the mapping, and found in no record\n  opcode\n"))
        #expect(!run.text.contains("  jobs[].op "))
    }

    @Test("a difference shows, record by record and in sum, what a changed mapping alters")
    func difference() throws {
        let scratch = try Scratch()
        let file = try scratch.write("export.csv", Self.header + Self.rows)
        let old = try Self.rooftop("old", Self.mapping(), in: scratch)
        let new = try Self.rooftop(
            "new", Self.mapping("name = rows[1].CUST, first_name = 'Maria', text_ok = rows[1].TXT == 'Y'", after: "if rows[1].RO == '3' then return quarantine 'three' end"), in: scratch)
        let run = try CommandLineTool.run("map", new, file, "--diff", old)
        #expect(run.status == 1)
        #expect(run.text.contains("line 2, RO 1\n  customer.first_name: null → \"Maria\"\n"))
        #expect(run.text.contains("line 4, RO 3\n  a repair order → put aside (refused: three)\n"))
        #expect(run.text.hasSuffix("12 of 12 records changed\n  a repair order before, put aside now: 1\n  \("customer.first_name".padding(toLength: 40, withPad: " ", startingAt: 0)) 11\n"))
        let same = try CommandLineTool.run("map", new, file, "--diff", new)
        #expect(same.status == 0)
        #expect(same.text == "12 records, none of them changed\n")
        let machine = try CommandLineTool.run("map", new, file, "--diff", old, "--format", "json")
        #expect(machine.text.split(separator: "\n").count == 12)
    }

    @Test("a record is shown beside what it became, and what was read of it is marked")
    func explain() throws {
        let scratch = try Scratch()
        let file = try scratch.write("export.csv", Self.header + Self.rows)
        let rooftop = try Self.rooftop("mine", Self.mapping(), in: scratch)
        let run = try CommandLineTool.run("map", rooftop, file, "--explain", "3")
        #expect(run.text.hasPrefix("line 3, byte "))
        #expect(run.text.contains("  • RO        2\n"))
        #expect(run.text.contains("    NOTE      n2\n"))
        #expect(run.text.contains("became\n{"))
        #expect(try CommandLineTool.run("map", rooftop, file, "--explain", "1").complaints.contains("no record has line 1; it is blank, a header or past the end"))
        #expect(try CommandLineTool.run("map", rooftop, file, "--explain", "0").status == 64)
        #expect(try CommandLineTool.run("map", rooftop, file, "--explain", "2", "--coverage").status == 64)
    }

    @Test("a consent that reads one way on every record is warned of")
    func oneWay() throws {
        let scratch = try Scratch()
        let file = try scratch.write("export.csv", Self.header + Self.rows)
        let run = try CommandLineTool.run("map", try Self.rooftop("mine", Self.mapping(), in: scratch), file)
        #expect(run.complaints.contains("warning: customer.text_ok is true on all 12 records that have it"))
    }
}
