import Foundation
import Testing

@Suite struct ReplayCommandTests {
    static let export = "scripts/hillside/fixtures/08_line_items.csv"
    static let header = "RO,Closed,CustName,Phones,Email,EmailOK,TextOK,VIN,Yr,Make,Model,Miles,Line,Type,OpCode,OpDesc,Total,LineStatus,TechNotes"

    private func line(_ ro: String, _ op: String = "LOF", closed: String = "2/3/2026", name: String = "\"TRAN, ABEL\"") -> String {
        "\(ro),\(closed),\(name),,,,,,,,,,1,C,\(op),\(op),1.00,DECL,"
    }

    private func take(_ folder: String, _ scratch: Scratch, _ name: String, _ bytes: Data) throws -> CommandLineTool.Run {
        let file = scratch.path(name)
        try bytes.write(to: URL(filePath: file))
        let run = try CommandLineTool.run("import", folder, file, "--database", scratch.path("l"))
        #expect(run.status == 0, "\(run.complaints)")
        // What follows needs no file.
        try FileManager.default.removeItem(atPath: file)
        return run
    }

    @Test("rows are mapped again from the bytes kept, and enter once with the lines of their file")
    func replay() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let export = try Data(contentsOf: CommandLineTool.root.appending(path: Self.export))
        _ = try take(mine.folder, scratch, "export.csv", export)
        func replay() throws -> CommandLineTool.Run { try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l")) }
        let before = try replay()
        #expect(before.status == 1 && before.complaints.contains("0 taken in, 6 still put aside"), "\(before.complaints)")
        let list = try CommandLineTool.run("quarantine", mine.folder, "--database", scratch.path("l"))
        #expect(String(decoding: list.output, as: UTF8.self).contains("line 7         script_error: no idea (mapping.lua:"))
        #expect(!String(decoding: list.output, as: UTF8.self).contains("LINDQVIST"), "rows are shown with --raw alone")
        let json = try CommandLineTool.run("quarantine", mine.folder, "--database", scratch.path("l"), "--format", "json", "--raw")
        let first = try JSONSerialization.jsonObject(with: Data(json.output.split(separator: UInt8(ascii: "\n"))[0])) as? [String: Any]
        #expect(first?["line_from"] as? Int == 2 && (first?["raw"] as? String)?.contains("LINDQVIST") == true)
        try mine.mend()
        let after = try replay()
        #expect(after.status == 0 && after.complaints.contains("6 taken in, 0 still put aside") && after.complaints.contains("1 new"), "\(after.complaints)")
        #expect(try replay().complaints.contains("no row of hillside waits"))
        // Imported whole into another ledger, everything is the same.
        let file = scratch.path("export.csv")
        try export.write(to: URL(filePath: file))
        let again = try CommandLineTool.run("import", mine.folder, file, "--database", scratch.path("l"))
        #expect(again.complaints.contains("nothing to do"))
        let other = try scratch.write("other.csv", String(decoding: export, as: UTF8.self) + "\n")
        #expect(try CommandLineTool.run("import", mine.folder, other, "--database", scratch.path("l")).complaints.contains("0 revised, 45 unchanged"))
    }

    @Test("two replays at once, in two processes, take each row in once")
    func twice() async throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        _ = try take(mine.folder, scratch, "export.csv", try Data(contentsOf: CommandLineTool.root.appending(path: Self.export)))
        try mine.mend()
        let (folder, database) = (mine.folder, scratch.path("l"))
        let runs = try await withThrowingTaskGroup(of: CommandLineTool.Run.self) { group in
            for _ in 0..<2 { group.addTask { try CommandLineTool.run("replay", folder, "--database", database) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.complaints))")
        #expect(runs.count { $0.complaints.contains("1 new") } == 1, "\(runs.map(\.complaints))")
    }

    @Test("a row that could not be read enters once the encoding is mended; one whose other lines are in waits for the whole file")
    func encodings() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        var bytes = Data((Self.header + "\n" + line("1") + "\n").utf8)
        for ro in ["2", "1"] {
            bytes += Data("\(ro),2/3/2026,\"TRAN, ".utf8) + [0xE9] + Data("MILE\",,,,,,,,,,2,C,BRKF,PADS,1.00,DECL,\n".utf8)
        }
        let run = try take(mine.folder, scratch, "e.csv", bytes + Data((line("3") + "\n" + line("4") + "\n").utf8))
        #expect(run.complaints.contains("3 new") && run.complaints.contains("2 rows quarantined"), "\(run.complaints)")
        try mine.mend(feed: "format = \"csv\", group_by = \"RO\", fallback_encoding = \"windows-1252\"")
        let replay = try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l"))
        #expect(replay.status == 1 && replay.complaints.contains("1 taken in, 1 still put aside") && replay.complaints.contains("import e.csv again"), "\(replay.complaints)")
        let file = scratch.path("e.csv")
        try (bytes + Data((line("3") + "\n" + line("4") + "\n").utf8)).write(to: URL(filePath: file))
        let whole = try CommandLineTool.run("import", mine.folder, file, "--database", scratch.path("l"))
        #expect(whole.complaints.contains("1 taken in, 0 still put aside") && whole.complaints.contains("0 new, 1 revised"), "\(whole.complaints)")
    }

    @Test("a row that only its neighbours place is never put to a neighbour among the kept rows: it waits for the whole file")
    func neighbours() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let feed = "format = \"csv\", group_by = \"RO\", fill_down = true"
        try mine.mend(feed: feed)
        var bytes = Data([Self.header, line("1", closed: "never"), line("2"), ",2/3/2026,\"TRAN, "].joined(separator: "\n").utf8)
        bytes += [0xE9] + Data(["MILE\",,,,,,,,,,2,C,BRKF,PADS,1.00,DECL,", line("3"), line("4"), ""].joined(separator: "\n").utf8)
        let run = try take(mine.folder, scratch, "n.csv", bytes)
        #expect(run.complaints.contains("3 new") && run.complaints.contains("2 rows quarantined"), "\(run.complaints)")
        try mine.mend(feed: feed + ", fallback_encoding = \"windows-1252\"")
        let replay = try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l"))
        #expect(replay.complaints.contains("0 taken in, 2 still put aside") && replay.complaints.contains("import n.csv again"), "\(replay.complaints)")
        let list = String(decoding: try CommandLineTool.run("quarantine", mine.folder, "--database", scratch.path("l")).output, as: UTF8.self)
        #expect(list.contains("line 4         needs_whole_file"), "\(list)")
        let file = scratch.path("n.csv")
        try bytes.write(to: URL(filePath: file))
        let whole = try CommandLineTool.run("import", mine.folder, file, "--database", scratch.path("l"))
        #expect(whole.complaints.contains("1 taken in, 1 still put aside") && whole.complaints.contains("0 new, 1 revised"), "\(whole.complaints)")
    }

    @Test("a false quote costs one row, and read again it takes no other kept row with it")
    func falseQuote() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let rows = [line("1", name: "\"TRAN"), line("2"), line("3", closed: "never"), line("4", name: "TR\"AN\""), line("5"), line("6"), line("7")]
        let run = try take(mine.folder, scratch, "q.csv", Data(([Self.header] + rows).joined(separator: "\n").utf8))
        #expect(run.complaints.contains("5 new") && run.complaints.contains("2 rows quarantined"), "\(run.complaints)")
        try mine.mend()
        let replay = try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l"))
        #expect(replay.complaints.contains("0 taken in, 2 still put aside"), "\(replay.complaints)")
        let list = String(decoding: try CommandLineTool.run("quarantine", mine.folder, "--database", scratch.path("l")).output, as: UTF8.self)
        #expect(list.contains("line 2         unclosed_quote") && list.contains("line 4         refused: Closed is no day"), "\(list)")
        try mine.mend(feed: "format = \"csv\", group_by = \"RO\", quote = false")
        let unquoted = try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l"))
        #expect(unquoted.complaints.contains("1 taken in, 1 still put aside"), "\(unquoted.complaints)")
    }

    @Test("a UTF-16 export with CRLF is read again from its bytes", arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func utf16(encoding: String.Encoding) throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let feed = "format = \"csv\", group_by = \"RO\", encoding = \"utf-16\""
        try mine.mend(feed: feed)
        let text = "\u{FEFF}" + [Self.header, line("1"), line("2", closed: "soon"), line("3"), line("2", closed: "soon")].joined(separator: "\r\n")
        let run = try take(mine.folder, scratch, "u.csv", try #require(text.data(using: encoding)))
        #expect(run.complaints.contains("2 new") && run.complaints.contains("2 rows quarantined"), "\(run.complaints)")
        let mapping = try String(contentsOfFile: mine.folder + "/mapping.lua", encoding: .utf8)
        try mapping.replacingOccurrences(of: "dates.any(first.Closed, forms)", with: "dates.any(first.Closed, forms) or \"2026-02-03\"")
            .write(toFile: mine.folder + "/mapping.lua", atomically: true, encoding: .utf8)
        let replay = try CommandLineTool.run("replay", mine.folder, "--database", scratch.path("l"))
        #expect(replay.status == 0 && replay.complaints.contains("2 taken in") && replay.complaints.contains("1 new"), "\(replay.complaints)")
    }

    @Test("a ledger or a rooftop that isn't there is told", arguments: ["replay", "quarantine"])
    func wrongInput(command: String) throws {
        let scratch = try Scratch()
        let none = try CommandLineTool.run(command, "scripts/hillside", "--database", scratch.path("none"))
        #expect(none.status == 66 && none.complaints.contains("there is no ledger"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
        _ = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("l"))
        let other = try CommandLineTool.run(command, "scripts/northgate", "--database", scratch.path("l"))
        #expect(other.status == 66 && other.complaints.contains("has no rooftop 'northgate'; it has hillside"), "\(other.complaints)")
        #expect(try CommandLineTool.run(command, "scripts/nowhere", "--database", scratch.path("l")).status == 66)
    }
}
