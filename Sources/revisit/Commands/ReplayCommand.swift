import ArgumentParser
internal import Feeds
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Maps the rows in quarantine again, after mapping.lua was mended.",
        discussion: """
            The ledger keeps each row as it stood in its file, so no file is needed. What maps is taken in with its file and lines; what \
            doesn't stays, with its reason. No row is taken in twice. Exit 1 when rows still wait.
            """)

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"

    func run() async throws {
        do {
            try await replay()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }

    private func replay() async throws {
        let folder = try await RooftopFolder(rooftop)
        let ledger = try ExistingLedger.open(database)
        try await ExistingLedger.check(folder.rooftop.id, isIn: ledger, database)
        let clock = SystemClock()
        let imports = try await ledger.waitingImports(rooftop: folder.rooftop.id)
        if imports.isEmpty { Console.note("no row of \(folder.rooftop.id) waits in quarantine") }
        var waiting = 0
        for imported in imports {
            do {
                let outcome = try await Replay(imported, in: ledger).run(bundle: folder.bundle, now: clock.now)
                ReplaySummary(name: imported.file.name, waited: imported.rows, outcome: outcome).show()
                waiting += outcome.rowsWaiting
            } catch let error as KeptRecords.HeaderNotKept {
                Console.note("\(imported.file.name): \(Columns.count(imported.rows, "row")) put aside; \(error)")
                waiting += imported.rows
            } catch let error as FeedError {
                Console.note("\(imported.file.name): \(Columns.count(imported.rows, "row")) put aside can't be read as mapping.lua says: \(error)")
                waiting += imported.rows
            }
        }
        try await FileImport.plan(folder.rooftop, in: ledger, clock)
        if waiting > 0 { throw ExitStatus.findings }
    }
}
