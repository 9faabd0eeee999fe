import Foundation
import Testing

/// Wrong input, once for each command that takes it: what, where, what next, the right exit code, and nothing changed.
@Suite struct WrongInputTests {
    static let export = "scripts/hillside/fixtures/08_line_items.csv"
    /// Commands that read a rooftop's folder and an export.
    static let readers = ["map", "import", "simulate"]

    private func run(_ command: String, _ rooftop: String, _ file: String, _ scratch: Scratch) throws -> CommandLineTool.Run {
        command == "map"
            ? try CommandLineTool.run("map", rooftop, file)
            : try CommandLineTool.run(command, rooftop, file, "--database", scratch.path("ledger.sqlite"))
    }

    private func expect(
        _ run: CommandLineTool.Run, _ status: Int32, _ words: String, _ scratch: Scratch,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == status, "\(run.complaints)", sourceLocation: sourceLocation)
        #expect(run.complaints.contains(words), "\(run.complaints)", sourceLocation: sourceLocation)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("ledger.sqlite")), "no ledger is left", sourceLocation: sourceLocation)
    }

    @Test("a missing file", arguments: readers)
    func missing(command: String) throws {
        let scratch = try Scratch()
        expect(try run(command, "scripts/hillside", scratch.path("none.csv"), scratch), 66, "none.csv", scratch)
    }

    @Test("an empty file", arguments: readers)
    func empty(command: String) throws {
        let scratch = try Scratch()
        expect(try run(command, "scripts/hillside", try scratch.write("empty.csv", ""), scratch), 65, "empty.csv", scratch)
    }

    @Test("a binary file", arguments: readers)
    func binary(command: String) throws {
        let scratch = try Scratch()
        let file = scratch.path("binary.csv")
        try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 13) }).write(to: URL(filePath: file))
        expect(try run(command, "scripts/hillside", file, scratch), 65, "binary.csv", scratch)
    }

    @Test("a file in another encoding than the mapping says", arguments: readers)
    func encoding(command: String) throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: CommandLineTool.root.appending(path: Self.export), encoding: .utf8)
        let file = scratch.path("utf16.csv")
        try text.data(using: .utf16)!.write(to: URL(filePath: file))
        expect(try run(command, "scripts/hillside", file, scratch), 65, "utf16.csv", scratch)
    }

    @Test("a header without a column that the mapping reads", arguments: readers)
    func header(command: String) throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: CommandLineTool.root.appending(path: Self.export), encoding: .utf8)
        let file = try scratch.write("renamed.csv", text.replacingOccurrences(of: ",LineStatus,", with: ",Status,"))
        let run = try run(command, "scripts/hillside", file, scratch)
        #expect(run.complaints.contains("LineStatus"), "\(run.complaints)")
        #expect(run.status == 1 || run.status == 65, "\(run.complaints)")
    }

    @Test("an unknown rooftop", arguments: readers)
    func unknownRooftop(command: String) throws {
        let scratch = try Scratch()
        expect(try run(command, "scripts/nowhere", Self.export, scratch), 66, "scripts/nowhere", scratch)
    }

    @Test("a syntax error in Lua", arguments: readers)
    func syntax(command: String) throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: scratch.path("mine"))
        try "return {\n  feed = { format = 'csv' \n  repair_order = 1 }".write(toFile: scratch.path("mine/mapping.lua"), atomically: true, encoding: .utf8)
        expect(try run(command, scratch.path("mine"), Self.export, scratch), 65, "mapping.lua:2:26", scratch)
    }

    @Test("an unwritable ledger", arguments: ["import", "simulate"])
    func unwritable(command: String) throws {
        let scratch = try Scratch()
        let run = try CommandLineTool.run(command, "scripts/hillside", Self.export, "--database", scratch.path("no/such.sqlite"))
        expect(run, 66, "no ledger can be written here", scratch)
    }

    @Test("a ledger that isn't there, isn't one, or doesn't know what was asked", arguments: ["report", "why"])
    func ledgers(command: String) throws {
        let scratch = try Scratch()
        let more = command == "why" ? ["12"] : []
        func run(_ path: String, _ words: [String]) throws -> CommandLineTool.Run {
            command == "why"
                ? try CommandLineTool.run("why", words.first ?? "12", "--database", path)
                : try words.isEmpty
                    ? CommandLineTool.run("report", "--database", path)
                    : CommandLineTool.run("report", "--database", path, "--rooftop", words[0])
        }
        expect(try run(scratch.path("none.sqlite"), more), 66, "there is no ledger", scratch)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("none.sqlite")))
        let text = try scratch.write("text.sqlite", "not a database, but long enough to look like a file of one")
        #expect(try run(text, more).status == 65)
        let imported = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("real.sqlite"))
        #expect(imported.status == 0, "\(imported.complaints)")
        let unknown = try run(scratch.path("real.sqlite"), ["99999"])
        #expect(unknown.status == 66, "\(unknown.complaints)")
        #expect(unknown.complaints.contains("99999"))
    }

    @Test("options out of range are told with what was expected")
    func options() throws {
        let days = try CommandLineTool.run("simulate", "scripts/hillside", Self.export, "--days", "0")
        #expect(days.status == 64)
        #expect(days.complaints.contains("from 1 to 3660, got: 0"))
        let scratch = try Scratch()
        let imported = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("real.sqlite"))
        #expect(imported.status == 0)
        let date = try CommandLineTool.run("report", "--database", scratch.path("real.sqlite"), "--as-of", "soon")
        #expect(date.status == 64)
        #expect(date.complaints.contains("got: soon"))
        #expect(try CommandLineTool.run("why").status == 64)
        let over = try CommandLineTool.run("simulate", "scripts/hillside", Self.export, "--database", scratch.path("real.sqlite"))
        #expect(over.status == 66)
        #expect(over.complaints.contains("a simulation makes a ledger of its own"))
    }
}
