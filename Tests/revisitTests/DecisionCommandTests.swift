import Foundation
import Testing

/// why, record and replay-decisions on the touches of one simulated export.
@Suite struct DecisionCommandTests {
    let scratch: Scratch
    let ledger: String
    let rooftop: String

    static let message = """
        return {
          sms = function(touch)
            return "Hi " .. (touch.first_name or "there") .. ", " .. touch.item.name .. " since " .. touch.visit_day .. ": reply. " .. touch.booking_link
          end,
        }
        """

    init() throws {
        scratch = try Scratch()
        ledger = scratch.path("ledger.sqlite")
        rooftop = scratch.path("scripts/hillside")
        try FileManager.default.createDirectory(atPath: scratch.path("scripts"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: rooftop)
        try FileManager.default.removeItem(atPath: rooftop + "/tests")
        try write("message.lua", Self.message)
        let run = try CommandLineTool.run(
            "simulate", rooftop, SimulateCommandTests.export, "--days", "12", "--quiet", "--silent", "--database", ledger)
        try #require(run.status == 0, "\(run.complaints)")
    }

    func write(_ name: String, _ text: String) throws { _ = try scratch.write("scripts/hillside/" + name, text) }

    /// The numbers of touches whose text the rooftop's own hook wrote.
    func texts() throws -> [(id: Int, text: String)] {
        try (1...30).compactMap { id in
            let run = try CommandLineTool.run("why", "\(id)", "--database", ledger, "--format", "json")
            guard run.status == 0, let why = try JSONSerialization.jsonObject(with: run.output) as? [String: Any] else { return nil }
            #expect(why["schema"] as? String == "revisit.why/1")
            let entries = why["entries"] as? [[String: Any]] ?? []
            guard let sent = entries.first(where: { $0["channel"] as? String == "sms" }), let text = sent["text"] as? String else { return nil }
            return (id, text)
        }
    }

    func replay(_ arguments: String...) throws -> CommandLineTool.Run {
        let until = try #require(try lastDay())
        return try CommandLineTool.run(
            ["replay-decisions", rooftop, "--database", ledger, "--until", until, "--color", "never"] + arguments)
    }

    private func lastDay() throws -> String? {
        let why = try (1...30).map { try CommandLineTool.run("why", "\($0)", "--database", ledger, "--format", "json").text }
        return why.compactMap { $0.firstMatch(of: /"at":"(\d{4}-\d\d-\d\d)/).map { String($0.output.1) } }.max()
    }

    @Test("why tells what each hook returned and where, with seed and scripts, and as JSON the touch as the hooks saw it")
    func why() throws {
        let touch = try #require(try texts().first)
        let page = try CommandLineTool.run("why", "\(touch.id)", "--database", ledger).text
        #expect(page.contains("message.lua:2 returned the text"), "\(page)")
        #expect(page.contains(/channel\.lua:\d+ returned nil: no wish/))
        #expect(page.contains("seed \(touch.id)"))
        let json = try CommandLineTool.run("why", "#\(touch.id)", "--database", ledger, "--format", "json").text
        #expect(json.contains("\"hooks\":{\"seed\":\(touch.id),\"bundle_sha256\":\""))
        #expect(json.contains("\"input\":{\"kind\":\"") && json.contains("\"first_on_channel\":"))
        #expect(json.contains("{\"function\":\"message.sms\",\"place\":\"message.lua:2\",\"outcome\":{\"returned\":\"Hi "))
    }

    @Test("scripts that say the same change nothing; another word, channel or skip is counted and shown, and exits 1")
    func replayDecisions() throws {
        let same = try replay()
        #expect(same.status == 0, "\(same.complaints)")
        #expect(same.text.contains(/^\d+ touches of 30 days looked at: \d+ stay\n$/), "\(same.text)")

        let sms = try texts().count
        try write("message.lua", Self.message.replacing("Hi ", with: "Hello "))
        let words = try replay("--limit", "1")
        #expect(words.status == 1)
        #expect(words.text.contains("looked at: \(sms) \(sms == 1 ? "text changes" : "texts change")"), "\(words.text)")
        #expect(words.text.contains("[-Hi-]{+Hello+}"))
        if sms > 1 { #expect(words.text.contains("\(sms - 1) more")) }

        try write("message.lua", "return { sms = function(touch) return skip 'not now' end }")
        #expect(try replay().text.contains("\(sms) would be left out"))
        try write("message.lua", Self.message)
        try write("channel.lua", "return { choose = function(touch) return 'call' end }")
        let channel = try replay()
        #expect(channel.text.contains("\(sms) change channel") || channel.text.contains(/\d+ change channel/), "\(channel.text)")
        #expect(channel.text.contains("+ call: "))
    }

    @Test("a script that fails on what it could write is named with its line; JSON lines tell the same")
    func failing() throws {
        try write("message.lua", Self.message.replacing("touch.item.name", with: "touch.itm.name"))
        let page = try replay()
        #expect(page.status == 1)
        #expect(page.text.contains("message.sms fails: message.lua:3:"), "\(page.text)")
        let lines = try replay("--format", "json").text.split(separator: "\n")
        let counts = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(counts["schema"] as? String == "revisit.replay-decisions/1")
        #expect(counts["failing"] as? Int == lines.count - 1)
        let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
        #expect(first["change"] as? String == "text" && (first["old"] as? [String: Any])?["channel"] as? String == "sms")
    }

    @Test("days without a record exit 4, and an unknown rooftop or a wrong date is said")
    func nothing() throws {
        let empty = try CommandLineTool.run("replay-decisions", rooftop, "--database", ledger, "--until", "2020-01-01")
        #expect(empty.status == 4 && empty.complaints.contains("no record of hillside"))
        #expect(try CommandLineTool.run("replay-decisions", rooftop, "--database", ledger, "--until", "soon").status == 64)
        #expect(try CommandLineTool.run("replay-decisions", "scripts/lakeside", "--database", ledger).status == 66)
    }

    @Test("a touch becomes a fixture and a test that passes, without a trace of its customer, and is never written over")
    func record() throws {
        let touch = try #require(try texts().first)
        let why = try CommandLineTool.run("why", "\(touch.id)", "--database", ledger, "--format", "json")
        let known = try #require(try JSONSerialization.jsonObject(with: why.output) as? [String: Any])
        let run = try CommandLineTool.run("record", "\(touch.id)", "--as-test", "--database", ledger, in: URL(filePath: scratch.path("")))
        #expect(run.status == 0, "\(run.complaints)")
        #expect(run.text == "fixtures/touch_\(touch.id).lua\ntests/touch_\(touch.id)_test.lua\n")
        #expect(run.complaints.isEmpty)
        let fixture = try String(contentsOfFile: rooftop + "/fixtures/touch_\(touch.id).lua", encoding: .utf8)
        let test = try String(contentsOfFile: rooftop + "/tests/touch_\(touch.id)_test.lua", encoding: .utf8)
        for personal in (known["customer"] as? String ?? "").split(separator: " ").map(String.init) + [known["ro_number"] as? String ?? "?"] {
            #expect(!fixture.contains(personal) && !test.contains(personal), "\(personal)")
        }
        #expect(fixture.contains("first_name = \"Jordan\"") && test.contains("equals \"Hi Jordan, "))
        let tests = try CommandLineTool.run("test", rooftop, "touch_\(touch.id)", "--no-coverage")
        #expect(tests.status == 0, "\(tests.text)\(tests.complaints)")
        #expect(tests.text.contains("2 passed"))

        let again = try CommandLineTool.run("record", rooftop, "\(touch.id)", "--as-test", "--database", ledger)
        #expect(again.status == 66 && again.complaints.contains("--force"))
        try write("message.lua", Self.message.replacing("Hi ", with: "Hello "))
        let forced = try CommandLineTool.run("record", rooftop, "#\(touch.id)", "--as-test", "--force", "--database", ledger)
        #expect(forced.status == 0 && forced.complaints.contains("message.sms answers otherwise today"))
        let changed = try String(contentsOfFile: rooftop + "/tests/touch_\(touch.id)_test.lua", encoding: .utf8)
        #expect(changed.contains("equals \"Hello Jordan, ") && changed.contains("Then: \"Hi Jordan, "))
        #expect(try CommandLineTool.run("test", rooftop, "touch_\(touch.id)", "--no-coverage").status == 0)
    }

    @Test("an unknown touch, one without a record, another rooftop's folder, and a form that isn't asked for are said")
    func refused() throws {
        let unknown = try CommandLineTool.run("record", rooftop, "9999", "--as-test", "--database", ledger)
        #expect(unknown.status == 66 && unknown.complaints.contains("has no touch #9999"))
        let id = try #require(try texts().first).id
        let other = try CommandLineTool.run("record", "scripts/lakeside", "\(id)", "--as-test", "--database", ledger)
        #expect(other.status == 66 && other.complaints.contains("is of the rooftop 'hillside'"))
        #expect(try CommandLineTool.run("record", rooftop, "\(id)", "--database", ledger).status == 64)
        #expect(try CommandLineTool.run("record", rooftop, "twelve", "--as-test", "--database", ledger).status == 64)
    }
}
