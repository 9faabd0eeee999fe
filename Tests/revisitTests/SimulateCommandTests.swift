import Foundation
import Testing

@Suite struct SimulateCommandTests {
    static let export = "scripts/hillside/fixtures/08_line_items.csv"

    @Test("the demo tells 60 days over a change of clocks and ends with the report; the same seed gives the same run")
    func demo() throws {
        let scratch = try Scratch()
        let run = try CommandLineTool.run("demo", "--seed", "7", "--database", scratch.path("demo.sqlite"))
        #expect(run.status == 0, "\(run.complaints)")
        let text = String(decoding: run.output, as: UTF8.self)
        for words in [
            "Simulating 60 days, Monday, February 2 to Thursday, April 2 2026", "Customers answer by seed 7", "clocks have changed",
            "reminder by text", "← reply to", "← booked from", "FIXED OPS WEEKLY REPORT", "Revenue from follow-up, closed repair orders",
            "Booked and not closed yet", "How far declined work came", "20–35 % in 30 days", "8–15 % in 60 days", "not mature yet: left out",
            "under 5 % of declined work comes back", "Demo Motors (group)",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(try CommandLineTool.run("demo", "--seed", "7").output.count > 10_000)
        let again = try CommandLineTool.run("demo", "--seed", "7", "--database", scratch.path("again.sqlite"))
        #expect(String(decoding: again.output, as: UTF8.self).replacingOccurrences(of: "again.sqlite", with: "demo.sqlite") == text)
        let counts = try #require(text.split(separator: "\n").first { $0.contains("touches sent") })
        #expect(counts.contains("not sent, each with its reason") && !counts.contains(" 0 not sent"), "stopped touches are counted: \(counts)")
        #expect(try CommandLineTool.run("demo", "--seed", "8").output != run.output)

        let why = try CommandLineTool.run("why", "12", "--database", scratch.path("demo.sqlite"))
        #expect(String(decoding: why.output, as: UTF8.self).contains("by scripts"))
        let report = try CommandLineTool.run("report", "--database", scratch.path("demo.sqlite"), "--as-of", "2026-04-02", "--format", "json")
        let json = try #require(try JSONSerialization.jsonObject(with: report.output) as? [String: Any])
        #expect(json["as_of"] as? String == "2026-04-02")
        let one = try CommandLineTool.run("report", "--database", scratch.path("demo.sqlite"), "--as-of", "2026-04-02", "--rooftop", "lakeside")
        #expect(String(decoding: one.output, as: UTF8.self).contains("Lakeside Service"))
    }

    @Test(
        "promise 5: a script that loops, hoards, errors or returns nonsense costs no touch, and why and report show its line",
        arguments: [
            ("while true do end", "ran too long"), ("local t = {} while true do t[#t + 1] = ('x'):rep(9999) .. #t end", "memory"),
            ("error('no idea')", "no idea"), ("return 7", "returned a number"), ("local t = {} t.t = t return t", "contains itself"),
            ("return ''", "M9"),
        ])
    func failingScript(body: String, words: String) throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: scratch.path("mine"))
        try "return {\n  sms = function(touch)\n    \(body)\n  end,\n}".write(
            toFile: scratch.path("mine/message.lua"), atomically: true, encoding: .utf8)
        let good = try CommandLineTool.run("simulate", "scripts/hillside", Self.export, "--days", "12", "--quiet")
        let run = try CommandLineTool.run(
            "simulate", scratch.path("mine"), Self.export, "--days", "12", "--quiet", "--database", scratch.path("ledger.sqlite"))
        #expect(run.status == 0, "\(run.complaints)")
        func counts(_ output: Data) -> Substring? {
            String(decoding: output, as: UTF8.self).split(separator: "\n").first { $0.contains("touches sent") }
        }
        #expect(counts(run.output) != nil)
        #expect(counts(run.output) == counts(good.output), "no touch is lost")
        let report = String(decoding: run.output, as: UTF8.self)
        #expect(report.contains("Scripts that failed"))
        #expect(report.contains("message.lua:") && report.contains(words), "\(report.suffix(600))")
        let why = try (1...12).map { try CommandLineTool.run("why", "\($0)", "--database", scratch.path("ledger.sqlite")).output }
        #expect(why.contains { String(decoding: $0, as: UTF8.self).contains("script failed, the default was used: message.lua:") })
        let check = try CommandLineTool.run("check", scratch.path("mine"))
        #expect(check.status == 1)
        #expect(String(decoding: check.output, as: UTF8.self).contains(words))
    }
}
