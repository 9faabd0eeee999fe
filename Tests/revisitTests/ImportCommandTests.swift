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
        let mine = scratch.path("mine")
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: mine)
        let whole = try String(contentsOfFile: mine + "/mapping.lua", encoding: .utf8)
        let broken = whole.replacingOccurrences(
            of: "repair_order = function(rows)", with: "repair_order = function(rows)\n    if rows[1][\"RO\"] == \"608003\" then error(\"no idea\") end")
        #expect(broken != whole)
        try broken.write(toFile: mine + "/mapping.lua", atomically: true, encoding: .utf8)
        func take() throws -> String {
            let run = try CommandLineTool.run("import", mine, Self.export, "--database", scratch.path("ledger.sqlite"))
            #expect(run.status == 0, "\(run.complaints)")
            return run.complaints
        }
        let first = try take()
        #expect(first.contains("44 new") && first.contains("no idea") && first.contains("import the file again"), "\(first)")
        #expect(try take().contains("44 unchanged"), "the first replay finds the same rows at fault")
        #expect(try take().contains("still put aside"))
        try whole.write(toFile: mine + "/mapping.lua", atomically: true, encoding: .utf8)
        let mended = try take()
        #expect(mended.contains("1 new, 0 revised, 44 unchanged") && mended.contains("0 rows quarantined"), "\(mended)")
        #expect(try take().contains("imported before, nothing to do"))
    }

    @Test("a replay concerns one file's content: rows of another file of the same name stay put aside")
    func sameName() throws {
        let scratch = try Scratch()
        let mine = scratch.path("mine")
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: mine)
        let mapping = try String(contentsOfFile: mine + "/mapping.lua", encoding: .utf8)
        try mapping.replacingOccurrences(
            of: "repair_order = function(rows)", with: "repair_order = function(rows)\n    if rows[1][\"RO\"] == \"608003\" then error(\"no idea\") end"
        ).write(toFile: mine + "/mapping.lua", atomically: true, encoding: .utf8)
        let export = try String(contentsOf: CommandLineTool.root.appending(path: Self.export), encoding: .utf8)
        func take(_ text: String) throws -> String {
            let file = try scratch.write("export.csv", text)
            return try CommandLineTool.run("import", mine, file, "--database", scratch.path("ledger.sqlite")).complaints
        }
        #expect(try take(export).contains("44 new"))
        let other = export + export.split(separator: "\n")[1].replacing("608003", with: "608999") + "\n"
        #expect(try take(other).contains("1 new"))
        try mapping.write(toFile: mine + "/mapping.lua", atomically: true, encoding: .utf8)
        #expect(try take(other).contains("0 rows quarantined"))
        #expect(try take(export).contains("0 rows quarantined"), "the first file's rows were still there to be mapped")
    }
}
