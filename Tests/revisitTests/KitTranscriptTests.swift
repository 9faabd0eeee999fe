import Foundation
import Testing

/// A newcomer's first hour, run for real: the commands of `Transcripts/first-hour.txt` print what stands there. The prompt's part
/// runs on a pseudo-terminal. `REVISIT_WRITE_GOLDENS=1` writes it anew.
@Suite struct KitTranscriptTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts/first-hour.txt")

    @Test("from a new rooftop to a tested, previewed and simulated message")
    func firstHour() throws {
        let scratch = try Scratch()
        let folder = URL(filePath: scratch.path(""))
        var transcript = ""
        func run(_ words: String...) throws {
            let run = try CommandLineTool.run(words, in: folder)
            transcript += "$ revisit \(words.joined(separator: " "))\n\(run.text)"
            if run.status != 0 { transcript += "(exit \(run.status))\n" }
        }
        func replace(_ old: String, by new: String) throws {
            let file = folder.appending(path: "scripts/lakeside/message.lua")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(old))
            try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
            transcript += "(message.lua: \(old) becomes \(new))\n"
        }
        try run("new", "lakeside")
        try run("test", "scripts/lakeside", "--seed", "7f3a")
        try replace("touch.kind", by: "touch.knid")
        try run("test", "scripts/lakeside", "tests/message_test.lua", "--seed", "7f3a")
        try run("check", "scripts/lakeside")
        try replace("touch.knid == \"reminder\"", by: "touch.kind == \"condition\"")
        try run("preview", "scripts/lakeside", "1042", "--day", "10")
        transcript += try prompt(in: folder)
        try run("simulate", "scripts/lakeside", "fixtures/ros.csv", "--ro", "1042", "--silent")

        let told = transcript.replacing(#/\d+ ms/#, with: "N ms")
        if ProcessInfo.processInfo.environment["REVISIT_WRITE_GOLDENS"] == "1" {
            try FileManager.default.createDirectory(at: Self.golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try told.write(to: Self.golden, atomically: true, encoding: .utf8)
        }
        #expect(try told == String(contentsOf: Self.golden, encoding: .utf8))
    }

    /// A session typed at a terminal, as it stands on the screen.
    private func prompt(in folder: URL) throws -> String {
        let terminal = try PseudoTerminal(
            CommandLineTool.executable.path, ["repl", "scripts/lakeside", "--ro", "1042"],
            environment: [
                "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "HOME": folder.path, "PATH": "/usr/bin:/bin",
                "REVISIT_STDLIB": CommandLineTool.root.appending(path: "stdlib").path,
            ], folder: folder, columns: 200)
        try terminal.expect("Type .help")
        try terminal.expect("> ")
        for (entry, answer) in [
            (".at +3d 10:00", "due: touch 1 (day 3)"), (".why", "may text"), ("touch.first_name", "\"Maria\""),
            ("message.sms(touch)", "nil"), (".at day 10", "due: touch 2"), ("message.sms(touch)", "rear brake pads at 3 mm"),
            ("touch.custmer", "did you mean 'customer'?"), (".reply STOP", "opted out"), (".why", "may e-mail "), (".back", "2026-03-13 10:00"),
            (".nonsense", "there is no command"), (".budget", "instructions"),
        ] {
            try terminal.send(entry + "\r")
            try terminal.expect(answer)
            try terminal.expect("> ")
        }
        // One Tab completes what is certain.
        try terminal.send("touch.book\t")
        try terminal.expect("touch.booking_link")
        try terminal.send("\r")
        try terminal.expect("https://book.example.com/lakeside/")
        try terminal.expect("> ")
        try terminal.send(".quit\r")
        #expect(try terminal.end() == .exit(0))
        let history = folder.appending(path: ".local/state/revisit/history")
        #expect(try String(contentsOf: history, encoding: .utf8).contains(".at +3d 10:00"))
        let mode = try FileManager.default.attributesOfItem(atPath: history.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        return "$ revisit repl scripts/lakeside --ro 1042\n" + terminal.transcript.replacing("\r", with: "")
    }

    @Test("entries from a pipe have no prompt, and the first that fails ends with exit 1")
    func piped() throws {
        let scratch = try Scratch()
        let good = try CommandLineTool.run(
            ["repl", "scripts/hillside", "--ro", "608020"], input: ".at day 10\nlocal x = 5\nfunction double(n)\n  return n * 2\nend\ndouble(x)\n")
        #expect(good.status == 0, "\(good.complaints)")
        #expect(good.text == "Fri 2026-02-27 10:00  due: touch 2 (day 10)\n10\n")
        let bad = try CommandLineTool.run(["repl", "scripts/hillside"], input: "touch.custmer\n1 + 1\n")
        #expect(bad.status == 1)
        #expect(bad.text == "")
        #expect(bad.complaints.contains("touch has no field 'custmer'; did you mean 'customer'?"))
        let saved = scratch.path("mine")
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: saved)
        let kept = try CommandLineTool.run(["repl", saved, "--ro", "608020"], input: ".at day 3\ntouch.item.name\n.save-test the item\n")
        #expect(kept.text.contains("saved fixtures/saved_1.lua and tests/saved_1_test.lua"), "\(kept.complaints)")
        let test = try CommandLineTool.run(["test", saved, "the item"])
        #expect(test.status == 0, "\(test.text)")
    }
}

@Suite struct MutationTests {
    @Test("the tests of an example rooftop notice at least 90 of 100 small changes to its scripts", arguments: ["hillside", "lakeside", "northgate"])
    func noticed(rooftop: String) throws {
        let run = try CommandLineTool.run("test", "scripts/\(rooftop)", "--mutate")
        let last = try #require(run.text.split(separator: "\n").last)
        let match = try #require(last.firstMatch(of: #/(\d+) changes: (\d+) noticed/#), "\(run.text) \(run.complaints)")
        let (total, noticed) = (Int(match.1) ?? 0, Int(match.2) ?? 0)
        #expect(total > 50)
        #expect(noticed * 100 >= total * 90, "\(run.text)")
    }

    @Test("without tests that look, changes survive and are listed")
    func survivors() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return {}")
        _ = try scratch.write("shop/message.lua", "return {\n  sms = function(touch)\n    if touch.day > 3 then return 'late' end\n  end,\n}")
        _ = try scratch.write("shop/tests/a_test.lua", "it('loads', function() expect(require 'message'.sms ~= nil):is_true() end)")
        let run = try CommandLineTool.run("test", scratch.path("shop"), "--mutate")
        #expect(run.status == 1)
        #expect(run.text.contains("message.lua:3:"), "\(run.text)")
    }
}
