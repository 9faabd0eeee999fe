import Foundation
import Testing

@Suite struct ImportCommandTests {
    static let export = "scripts/hillside/fixtures/08_line_items.csv"

    @Test("an export is taken in once, and the same content again is no more than a word")
    func once() throws {
        let scratch = try Scratch()
        let first = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("ledger.sqlite"))
        #expect(first.status == 0, "\(first.complaints)")
        #expect(first.complaints.contains("45 new, 0 revised"))
        let again = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("ledger.sqlite"))
        #expect(again.status == 0)
        #expect(again.complaints.contains("imported before"))
    }

    @Test("a file that can't be read leaves no ledger, and an unwritable ledger is told")
    func wrongInput() throws {
        let scratch = try Scratch()
        let empty = try scratch.write("empty.csv", "")
        let run = try CommandLineTool.run("import", "scripts/hillside", empty, "--database", scratch.path("ledger.sqlite"))
        #expect(run.status == 65)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("ledger.sqlite")))
        let unwritable = try CommandLineTool.run("import", "scripts/hillside", Self.export, "--database", scratch.path("no/such/ledger.sqlite"))
        #expect(unwritable.status == 66, "\(unwritable.complaints)")
        #expect(unwritable.complaints.contains("no ledger can be written here"))
    }

    @Test("rows put aside are mapped anew when the mapping is mended and the file imported again")
    func replay() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        func take() throws -> String {
            let run = try CommandLineTool.run("import", mine.folder, Self.export, "--database", scratch.path("ledger.sqlite"))
            #expect(run.status == 0, "\(run.complaints)")
            return run.complaints
        }
        let first = try take()
        #expect(first.contains("44 new") && first.contains("no idea") && first.contains("revisit replay"), "\(first)")
        #expect(try take().contains("of 6 rows put aside, 0 taken in, 6 still put aside"))
        try mine.mend()
        let mended = try take()
        #expect(mended.contains("6 taken in, 0 still put aside") && mended.contains("1 new, 0 revised, 0 unchanged"), "\(mended)")
        #expect(try take().contains("imported before, nothing to do"))
    }

    @Test("a replay concerns one file's content: rows of another file of the same name stay put aside")
    func sameName() throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let export = try String(contentsOf: CommandLineTool.root.appending(path: Self.export), encoding: .utf8)
        func take(_ text: String) throws -> String {
            let file = try scratch.write("export.csv", text)
            return try CommandLineTool.run("import", mine.folder, file, "--database", scratch.path("ledger.sqlite")).complaints
        }
        #expect(try take(export).contains("44 new"))
        let other = export + export.split(separator: "\n")[1].replacing("608003", with: "608999") + "\n"
        #expect(try take(other).contains("1 new"))
        try mine.mend()
        #expect(try take(other).contains("0 still put aside"))
        #expect(try take(export).contains("0 still put aside"), "the first file's rows were still there to be mapped")
    }

    @Test("more errors than --max-errors allows hold the whole file back, with how many, the first reasons and what next", arguments: ["2%", "5"])
    func maxErrors(limit: String) throws {
        let scratch = try Scratch()
        let mine = try BrokenRooftop(in: scratch)
        let database = scratch.path("ledger.sqlite")
        let held = try CommandLineTool.run("import", mine.folder, Self.export, "--database", database, "--max-errors", limit)
        #expect(held.status == 65)
        for words in ["6 of 173 rows don't map, more than --max-errors \(limit) allows", "no idea (mapping.lua", "revisit map"] {
            #expect(held.complaints.contains(words), "\(held.complaints)")
        }
        #expect(try CommandLineTool.run("map", mine.folder, Self.export, "--max-errors", limit).status == 65)
        let allowed = try CommandLineTool.run("import", mine.folder, Self.export, "--database", database, "--max-errors", "4%", "--max-errors", "6")
        #expect(allowed.status == 0 && allowed.complaints.contains("44 new"), "nothing of the file was in: \(allowed.complaints)")
    }

    @Test("an older export never replaces what a newer one said, by --stamp, by name, or by the time of writing")
    func stamps() throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: CommandLineTool.root.appending(path: Self.export), encoding: .utf8)
        let older = text.replacingOccurrences(of: "LINDQVIST, EMEKA", with: "SOMEBODY, EMEKA")
        func take(_ name: String, _ text: String, _ options: String..., ledger: String) throws -> String {
            let file = try scratch.write(name, text)
            if name == "old.csv" {
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file)
            }
            let run = options.isEmpty
                ? try CommandLineTool.run("import", "scripts/hillside", file, "--database", scratch.path(ledger))
                : try CommandLineTool.run("import", "scripts/hillside", file, "--database", scratch.path(ledger), options[0], options[1])
            #expect(run.status == 0, "\(run.complaints)")
            return run.complaints
        }
        _ = try take("ro_2026-03-03.csv", text, ledger: "name")
        #expect(try take("ro_2026-03-02.csv", older, ledger: "name").contains("0 revised, 44 unchanged, 1 older than what is held"))
        _ = try take("new.csv", text, ledger: "written")
        #expect(try take("old.csv", older, ledger: "written").contains("0 revised, 44 unchanged, 1 older than what is held"))
        _ = try take("new.csv", text, "--stamp", "2026-03-03T10:00", ledger: "option")
        #expect(try take("other.csv", older, "--stamp", "2026-03-03T09:59", ledger: "option").contains("1 older than what is held"))
        #expect(try take("third.csv", older + "\n", "--stamp", "2026-03-03T10:01", ledger: "option").contains("1 revised"))
    }
}
