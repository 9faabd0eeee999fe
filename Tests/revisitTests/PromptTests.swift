import Foundation
import Testing

@testable import revisit

@Suite struct PromptTests {
    @Suite struct Completing {
        @Test("the last word is a name with its fields, in a command what follows the last blank", arguments: [
            ("", ""), ("print", "print"), ("print(order.it", "order.it"), ("x = s:fi", "s:fi"), ("a+b", "b"), ("\"été", "été"), ("f(", ""),
            (".he", ".he"), (".load north-gate/a", "north-gate/a"), (".load ", ""), ("  .he", ".he"),
        ])
        func lastWord(line: String, word: String) {
            #expect(String(Substring(Completion.lastWord(of: line))) == word)
        }

        @Test("the one candidate is inserted, then what several have in common; a second Tab lists them")
        func steps() {
            #expect(Completion.step(line: "f(pri", candidates: ["print"], again: false) == .replace(scalars: 3, text: "print"))
            #expect(Completion.step(line: "pri", candidates: ["print", "print"], again: true) == .replace(scalars: 3, text: "print"))
            #expect(Completion.step(line: "it", candidates: ["item.b", "item.a"], again: false) == .replace(scalars: 2, text: "item."))
            #expect(Completion.step(line: "item.", candidates: ["item.b", "item.a"], again: false) == .nothing)
            #expect(Completion.step(line: "item.", candidates: ["item.b", "item.a"], again: true) == .list(["item.a", "item.b"]))
            #expect(Completion.step(line: "print", candidates: ["print"], again: true) == .nothing)
            #expect(Completion.step(line: "zz", candidates: [], again: true) == .nothing)
            #expect(Completion.step(line: "", candidates: ["a"], again: false) == .replace(scalars: 0, text: "  "))
        }

        @Test("candidates stand in columns, read downwards, and no more than a screen of them")
        func columns() {
            #expect(Completion.columns(["a", "bb", "ccc", "d", "e"], width: 11) == "a    d\r\nbb   e\r\nccc\r\n")
            #expect(Completion.columns(["longer than the terminal", "x"], width: 10) == "longer than the terminal\r\nx\r\n")
            #expect(Completion.columns([], width: 80) == "")
            #expect(Completion.columns(["a\u{1B}[2J"], width: 80) == "a\u{FFFD}[2J\r\n")
            let many = (0..<Completion.listedMost + 3).map { "n\($0)" }
            #expect(Completion.columns(many, width: 80).hasSuffix("and 3 more\r\n"))
        }
    }

    @Suite struct History {
        private func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }

        @Test("entries come back as they were, in a file and folders that only their owner reads")
        func kept() throws {
            let scratch = try Scratch()
            let file = HistoryFile(at: URL(filePath: scratch.path("a/b/history")))
            #expect(try file.load() == [])
            let entries = ["print(1)", "for i = 1, 2 do\n  print(\"\\n\")\nend", "\\n \\\\", "größe 漢字"]
            for entry in entries + [entries[3]] { try file.append(entry) }
            #expect(try file.load() == entries)
            #expect(try mode(scratch.path("a/b/history")) == 0o600)
            #expect(try mode(scratch.path("a/b")) == 0o700 && mode(scratch.path("a")) == 0o700)
        }

        @Test("a file with another mode gets the right one, and a last line without its newline stays an entry")
        func mended() throws {
            let scratch = try Scratch()
            let path = try scratch.write("history", "one\n\n kept out\ntwo")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let file = HistoryFile(at: URL(filePath: path))
            try file.append("three")
            #expect(try file.load() == ["one", "two", "three"])
            #expect(try mode(path) == 0o600)
        }

        @Test("the oldest make room at the limit")
        func limit() throws {
            let scratch = try Scratch()
            let path = try scratch.write("history", (0..<HistoryFile.entriesMost + 5).map { "\($0)\n" }.joined())
            let file = HistoryFile(at: URL(filePath: path))
            #expect(try file.load().first == "5")
            try file.append("new")
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == HistoryFile.entriesMost && lines.first == "6" && lines.last == "new")
        }

        @Test("two sessions at once keep each other's entries")
        func together() async throws {
            let scratch = try Scratch()
            let url = URL(filePath: scratch.path("history"))
            await withThrowingTaskGroup(of: Void.self) { group in
                for session in 0..<2 {
                    group.addTask { for entry in 0..<50 { try HistoryFile(at: url).append("\(session) \(entry)") } }
                }
            }
            #expect(try Set(HistoryFile(at: url).load()).count == 100)
        }

        @Test("secrets after a space, blanks and bytes of zero are not kept", arguments: [" secret", "", "\n", "a\0b"])
        func refused(entry: String) {
            #expect(!HistoryFile.keeps(entry))
        }

        @Test("what can't be read or written says where and why")
        func failures() throws {
            let scratch = try Scratch()
            let inTheWay = try scratch.write("file", "")
            #expect(throws: HistoryFile.Failure(path: inTheWay + "/history", reason: "Not a directory")) {
                try HistoryFile(at: URL(filePath: inTheWay + "/history")).append("x")
            }
            #expect(throws: HistoryFile.Failure(path: "/dev/null", reason: "is no file")) { try HistoryFile(at: URL(filePath: "/dev/null")).load() }
        }
    }

    @Suite struct Reading {
        private func lines(_ bytes: [UInt8]) throws -> [String] {
            let scratch = try Scratch()
            let path = try scratch.write("in", "")
            try Data(bytes).write(to: URL(filePath: path))
            let handle = try #require(FileHandle(forReadingAtPath: path))
            let reader = LineReader(input: handle.fileDescriptor)
            var lines: [String] = []
            while let line = try reader.next() { lines.append(line) }
            #expect(try reader.next() == nil)
            return lines
        }

        @Test("lines end with LF or CR LF, the last may end with neither, and what isn't UTF-8 is replaced", arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\n\r\nb", ["a", "", "b"]), ("\n\n", ["", ""]), ("a\rb\n", ["a\rb"]), ("größe", ["größe"]),
        ] as [(String, [String])])
        func ends(text: String, expected: [String]) throws {
            #expect(try lines(Array(text.utf8)) == expected)
        }

        @Test("bytes that aren't UTF-8 become U+FFFD")
        func invalid() throws {
            #expect(try lines([0x61, 0xFF, 0x0A, 0xC3]) == ["a\u{FFFD}", "\u{FFFD}"])
        }

        @Test("a line longer than a read comes whole; one over the limit is an error at its line")
        func long() throws {
            let long = String(repeating: "x", count: 200_000)
            #expect(try lines(Array("a\n\(long)\nb\n".utf8)) == ["a", long, "b"])
            let tooLong = Array("a\n".utf8) + [UInt8](repeating: 0x78, count: LineReader.lineBytesMost + 1)
            #expect(throws: LineReader.Failure.lineTooLong(line: 2)) { try lines(tooLong) }
        }

        @Test("input that can't be read is an error, not an end")
        func unreadable() throws {
            let folder = open("/", O_RDONLY)
            defer { close(folder) }
            #expect(throws: LineReader.Failure.unreadable(reason: "Is a directory")) { try LineReader(input: folder).next() }
        }
    }

    @Suite struct Choosing {
        @Test("lines are edited only on terminals with a name that isn't dumb", arguments: [
            ("xterm", true, true), ("xterm", false, false), ("dumb", true, false), ("", true, false), (nil, true, false),
        ] as [(String?, Bool, Bool)])
        func interactive(terminal: String?, areTerminals: Bool, expected: Bool) {
            let environment = terminal.map { ["TERM": $0] } ?? [:]
            #expect(LineSource.Surroundings(environment: environment, areTerminals: areTerminals).isInteractive == expected)
        }

        @Test("the history is in the state folder", arguments: [
            (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/revisit/history"), (["HOME": "/h"], "/h/.local/state/revisit/history"),
            (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/revisit/history"), (["XDG_STATE_HOME": "", "HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
        func history(environment: [String: String], path: String?) {
            #expect(LineSource.Surroundings(environment: environment, areTerminals: true).history?.path == path)
        }
    }
}
