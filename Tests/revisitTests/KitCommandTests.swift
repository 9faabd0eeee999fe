import Foundation
import Testing

@Suite struct TestSelectionTests {
    private static let tests = """
        describe("group", function()
          it("one", function() expect(1):equals(1) end)
          it("two", function()
            expect(1):equals(2)
          end)
          it.skip("three", function() end)
        end)
        it("snap", function() expect("It’s fine"):matches_snapshot() end)
        """

    private static func shop() throws -> Scratch {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return {}")
        _ = try scratch.write("shop/tests/a_test.lua", tests)
        return scratch
    }

    @Test("tests are chosen by name, by line, by file and by what failed; none is exit 4")
    func choose() throws {
        let scratch = try Self.shop()
        let state = ["XDG_STATE_HOME": scratch.path("state")]
        func run(_ words: String...) throws -> CommandLineTool.Run {
            try CommandLineTool.run(["test", scratch.path("shop")] + words, environment: state)
        }
        #expect(try run("one").text.contains("1 passed, 0 failed"))
        #expect(try run("tests/a_test.lua:4").text.contains("0 passed, 1 failed"))
        #expect(try run("a_test.lua").text.contains("2 passed, 1 failed, 1 skipped"))
        let again = try run("--last-failed")
        #expect(again.text.contains("0 passed, 1 failed") && again.text.contains("group two"))
        let none = try run("nothing like it")
        #expect(none.status == 4)
        #expect(none.complaints.contains("none of the 4 tests"))
        #expect(try run("--fail-fast").text.contains("1 passed, 1 failed"))
        #expect(try run("--seed", "xyz").status == 64)
    }

    @Test("a new snapshot is pending, fails under CI, is kept by --review, and fails when it changes or is obsolete")
    func snapshots() throws {
        let scratch = try Self.shop()
        let shop = scratch.path("shop")
        func run(_ words: String..., isCI: Bool = false, input: String = "") throws -> CommandLineTool.Run {
            try CommandLineTool.run(["test", shop, "snap"] + words, input: input, environment: ["CI": isCI ? "true" : ""])
        }
        #expect(try run().status == 0)
        let ci = try run(isCI: true)
        #expect(ci.status == 1)
        #expect(ci.complaints.contains("1 snapshot waits for review: snap"))
        let review = try run("--review", input: "y\n")
        #expect(review.text.contains("UCS-2 because of ’ at character 3"))
        #expect(review.text.contains("1 of 1 kept"))
        #expect(try run(isCI: true).status == 0)
        let changed = Self.tests.replacing("It’s fine", with: "It is fine")
        _ = try scratch.write("shop/tests/a_test.lua", changed)
        let differs = try run()
        #expect(differs.status == 1)
        #expect(differs.text.contains("+ │ It is fine") && differs.text.contains("- │ It’s fine"), "\(differs.text)")
        _ = try scratch.write("shop/tests/a_test.lua", "it('one', function() expect(1):equals(1) end)")
        let obsolete = try CommandLineTool.run(["test", shop], environment: ["CI": "1"])
        #expect(obsolete.status == 1)
        #expect(obsolete.text.contains("obsolete snapshot: snap"))
    }

    @Test("the forms for other programs hold together")
    func formats() throws {
        let scratch = try Self.shop()
        let json = try CommandLineTool.run("test", scratch.path("shop"), "--format", "json")
        let document = try #require(try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
        #expect(document["schema"] as? String == "revisit.test/1")
        #expect(document["failed"] as? Int == 1 && document["passed"] as? Int == 2)
        let tap = try CommandLineTool.run("test", scratch.path("shop"), "--format", "tap").text
        #expect(tap.hasPrefix("TAP version 14\n1..4\nok 1 - tests/a_test.lua: group one\nnot ok 2 "))
        #expect(tap.contains("# SKIP"))
        let junit = try CommandLineTool.run("test", scratch.path("shop"), "--format", "junit")
        #expect(junit.text.contains("<testsuite name=\"tests/a_test.lua\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\""))
        let check = Process()
        check.executableURL = URL(filePath: "/usr/bin/env")
        let file = try scratch.write("junit.xml", junit.text)
        check.arguments = ["python3", "-c", "import sys, xml.etree.ElementTree as t; t.parse(sys.argv[1])", file]
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0, "JUnit's form is no XML")
    }

    @Test("lines that no test ran are listed")
    func coverage() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return {}")
        _ = try scratch.write("shop/message.lua", "return {\n  sms = function(touch)\n    if touch.day > 3 then\n      return 'late'\n    end\n    return 'soon'\n  end,\n}")
        _ = try scratch.write("shop/tests/a_test.lua", "it('soon', function() expect(require 'message'.sms(given.touch())):equals 'soon' end)")
        let run = try CommandLineTool.run("test", scratch.path("shop"))
        #expect(run.text.contains("never run: message.lua line 4"), "\(run.text)")
        #expect(try !CommandLineTool.run("test", scratch.path("shop"), "--no-coverage").text.contains("lines"))
    }
}

@Suite struct PreviewCommandTests {
    @Test("a preview is what the simulation sends, letter by letter")
    func samePath() throws {
        let preview = try CommandLineTool.run("preview", "scripts/lakeside", "--day", "3")
        #expect(preview.status == 0, "\(preview.complaints)")
        let number = try #require(
            try CommandLineTool.run(["repl", "scripts/lakeside"], input: ".ros\n").text.split(separator: "\n")
                .first { !$0.contains("nothing declined") }?.split(separator: " ").first)
        let events = try CommandLineTool.run(
            "simulate", "scripts/lakeside", "fixtures/16_declined_then_done.csv", "--ro", String(number), "--silent", "--format", "ndjson")
        let first = try #require(events.text.split(separator: "\n").first { $0.contains("\"sent\"") })
        let event = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
        #expect(event["kind"] as? String == "reminder")
        let words = (event["text"] as? String ?? "").split { " \n".contains($0) }
        let shown = preview.text.split { " \n│".contains($0) }
        // Links differ in their letters alone, and long ones are broken over lines.
        for word in words where !word.contains("https://") { #expect(shown.contains(word), "\(word): \(preview.text)") }
    }

    @Test("wrong input is told: an unknown repair order, a day that is none, a folder that isn't there")
    func wrong() throws {
        let unknown = try CommandLineTool.run("preview", "scripts/hillside", "nope")
        #expect(unknown.status == 66 && unknown.complaints.contains("has no repair order nope"))
        #expect(try CommandLineTool.run("preview", "scripts/hillside", "--day", "4").status == 64)
        #expect(try CommandLineTool.run("preview", "scripts/nowhere").status == 66)
        #expect(try CommandLineTool.run("repl", "scripts/nowhere").status != 0)
    }
}

@Suite struct ScenarioTests {
    private static func run(_ scenario: String) throws -> CommandLineTool.Run {
        let scratch = try Scratch()
        let file = try scratch.write("scenario.lua", scenario)
        return try CommandLineTool.run(
            "simulate", "scripts/hillside", "fixtures/08_line_items.csv", "--ro", "608020", "--scenario", file, "--format", "ndjson")
    }

    @Test("a reply, a booking, a visit and an outage happen as they are written")
    func happens() throws {
        let reply = try Self.run("return { { ro_number = '608020', touch = 'reminder', after_minutes = 30, reply = 'Can you do Friday?' } }")
        #expect(reply.text.split(separator: "\n").filter { $0.contains("\"event\":\"sent\"") }.count == 1, "\(reply.text) \(reply.complaints)")
        #expect(reply.text.contains("\"event\":\"replied\""))
        let booking = try Self.run("return { { ro_number = '608020', at = '2026-03-01 09:00', booking = true } }")
        #expect(booking.text.split(separator: "\n").filter { $0.contains("\"event\":\"sent\"") }.count == 2, "\(booking.text)")
        let visit = try Self.run("return { { ro_number = '608020', at = '2026-02-22 09:00', visit = { 'BRKR', 'BRKF' } } }")
        #expect(visit.text.contains("\"event\":\"arrived\""))
        let outage = try Self.run("return { { at = '2026-02-19 08:00', outage_until = '2026-02-26 08:00' } }")
        #expect(!outage.text.contains("\"kind\":\"reminder\""), "\(outage.text)")
    }

    @Test("a scenario that is wrong says which step and field")
    func wrong() throws {
        for (text, words) in [
            ("return { { ro_number = '1', reply = 'x' } }", "step 1: say when"),
            ("return { { ro_number = '1', touch = 'remindr', reply = 'x' } }", "did you mean 'reminder'?"),
            ("return { { touch = 'reminder', reply = 'x' } }", "step 1: ro_number is missing"),
            ("return { { ro_number = '1', touch = 'reminder' } }", "say one thing that happens"),
            ("return 7", "expected a list of steps"), ("return {", "scenario.lua:1"),
        ] {
            let run = try Self.run(text)
            #expect(run.status == 65, "\(text): \(run.complaints)")
            #expect(run.complaints.contains(words), "\(run.complaints)")
        }
    }
}

@Suite struct GeneratedFileTests {
    @Test("no file that is made from the hook catalogue is out of date")
    func fresh() throws {
        let run = try CommandLineTool.run("generate", "--check", CommandLineTool.root.path)
        #expect(run.status == 0, "\(run.text)\(run.complaints)")
    }

    @Test("completions are what the shell takes", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let run = try CommandLineTool.run("completions", shell)
        #expect(run.status == 0)
        #expect(run.text.contains("preview") && run.text.contains("repl"))
    }
}
