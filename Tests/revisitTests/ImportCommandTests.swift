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
}
