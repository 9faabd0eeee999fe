import ArgumentParser
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes an export into the ledger, whole or not at all.",
        discussion: """
            Rows that don't map are kept in quarantine (revisit replay takes them in later). The same content twice changes nothing, and an \
            older export never replaces what a newer one said. With --watch, files are taken as they are dropped into a folder.
            """)

    static let usualSettle = 5
    /// How often a ledger that another process holds is opened, a second apart.
    private static let mostOpenings = 10

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Argument(help: "The export; left out with --watch.") var file: String?
    @Option(help: "The ledger's file; made when there is none.") var database: String = "revisit.sqlite"
    @Option(
        parsing: .singleValue,
        help: "Hold the file back when more rows are put aside: a share of the rows, as 5%, or a number, as 100; or both. 50% when left out.",
        transform: ErrorLimit.reading)
    var maxErrors: [ErrorLimit] = []
    @Option(help: "The day that the export speaks of, as 2026-03-03 or 2026-03-03T10:00; otherwise its name or its time of writing says so.")
    var stamp: String?
    @Option(help: "Take in what is dropped into this folder, until SIGTERM.") var watch: String?
    @Flag(help: "With --watch: take in what is there, and end.") var once = false
    @Option(help: "With --watch: a file is complete when it hasn't changed for so many seconds (5).") var settle: Int?
    @Option(help: "With --watch: a file is complete when one of its name with this ending lies beside it, as .done.") var marker: String?

    func validate() throws {
        switch (file, watch) {
        case (nil, nil): throw ValidationError("give an export to take in, or --watch with a folder")
        case (_?, _?): throw ValidationError("give an export or --watch with a folder, not both")
        case (_?, nil):
            if once || settle != nil || marker != nil { throw ValidationError("--once, --settle and --marker belong to --watch") }
        case (nil, _?):
            if stamp != nil { throw ValidationError("--stamp is for one export; for those in a folder, the name or the time of writing says it") }
        }
        if settle != nil, marker != nil { throw ValidationError("give --settle or --marker, not both: either says when a file is complete") }
        if let settle, !(0...3600).contains(settle) { throw ValidationError("expected --settle to be from 0 to 3600 seconds, got: \(settle)") }
        if let marker, marker.isEmpty || marker.contains("/") {
            throw ValidationError("expected --marker to be the ending of a name, as .done, got: \(marker)")
        }
    }

    func run() async throws {
        do {
            if let watch { try await watchFolder(watch) } else if let file { try await importFile(file) }
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }

    private func importFile(_ file: String) async throws {
        let folder = try await RooftopFolder(rooftop)
        let name = URL(filePath: file).lastPathComponent
        let stamp = try stamp(of: file, name, folder.rooftop.zone)
        try await FileImport(folder: folder, limit: ErrorLimit(maxErrors), clock: SystemClock())
            .run(path: file, name: name, stampedAt: stamp) { try SQLiteLedger(path: database) }
    }

    private func stamp(of file: String, _ name: String, _ zone: Zone) throws -> Timestamp {
        let now = SystemClock().now
        guard let stamp else {
            return FileStamp.of(name: name, writtenAt: FileStamp.writtenAt(path: file) ?? now, zone: zone, now: now)
        }
        guard let said = FileStamp.reading(stamp, zone: zone) else {
            throw ValidationError("expected --stamp to be a day as 2026-03-03 or a time as 2026-03-03T10:00, got: \(stamp)")
        }
        guard said <= now + FileStamp.mostAheadSeconds else {
            throw ValidationError("--stamp \(stamp) lies in the future: every later export would count as older than this one")
        }
        return said
    }

    private func watchFolder(_ path: String) async throws {
        // What is wrong with the scripts, the folder or the ledger is told before anything is claimed.
        _ = try await RooftopFolder(rooftop)
        let dropFolder = try DropFolder(path: path, marker: marker, id: UUID().uuidString.lowercased())
        let interruption = Interruption()
        let ledger = try await openLedger(interruption)
        let watch = FolderWatch(
            rooftop: rooftop, ledger: ledger, limit: ErrorLimit(maxErrors), isOnce: once, interruption: interruption, clock: SystemClock())
        if !once { Console.note("watching \(path)") }
        let heldBack = try await watch.run(dropFolder, settle: SettleRule(seconds: marker == nil ? settle ?? Self.usualSettle : 0))
        if interruption.signal == SIGINT { throw ExitStatus.interrupted }
        if once && heldBack > 0 { throw ExitStatus.badData }
    }

    /// Of watchers that start at once on a new ledger one makes it, and the others wait for it.
    private func openLedger(_ interruption: Interruption) async throws -> SQLiteLedger {
        for _ in 1..<Self.mostOpenings {
            do {
                return try SQLiteLedger(path: database)
            } catch SQLiteLedgerError.busy where interruption.signal == nil {
                await interruption.sleep(seconds: 1)
            }
        }
        return try SQLiteLedger(path: database)
    }
}
