import ArgumentParser
internal import Feeds
internal import FollowUp
import Foundation
internal import SQLiteStorage
internal import Scripting

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes an export into the ledger, whole or not at all.",
        discussion: "Rows that don't map are kept in quarantine. The same content twice changes nothing.")

    /// Repair orders between two writes.
    private static let batch = 500

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Argument(help: "The export.") var file: String
    @Option(help: "The ledger's file; made when there is none.") var database: String = "revisit.sqlite"

    func run() async throws {
        do {
            try await importFile()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }

    private func importFile() async throws {
        let folder = try await RooftopFolder(rooftop)
        let rooftop = folder.rooftop
        let export = try await ExportMapping(bundle: folder.bundle, file: file)
        let sha256 = try await export.open()
        let ledger = try SQLiteLedger(path: database)
        let now = SystemClock().now
        try await ledger.register(rooftop)
        let name = URL(filePath: file).lastPathComponent
        switch try await ledger.begin(rooftop: rooftop.id, fileName: name, sha256: sha256, now: now) {
        case .alreadyImported: try await replay(export, name: name, sha256: sha256, in: ledger, folder, at: now)
        case .new(let id): try await take(export, name: name, sha256: sha256, in: ledger, as: id, at: now)
        }
        // Also after a file that is known: a run that was cut short may have left visits to plan.
        let planned = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: SystemClock()).takeTurn()
        if planned > 0 { Console.note("\(Columns.count(planned, "visit")) planned") }
    }

    /// A file that was imported before: rows of it that were put aside are mapped again, as the mapping may have been mended.
    private func replay(
        _ export: ExportMapping, name: String, sha256: String, in ledger: SQLiteLedger, _ folder: RooftopFolder, at now: Timestamp
    ) async throws {
        let waiting = try await ledger.quarantine(rooftop: folder.rooftop.id, after: nil, limit: .max)
            .filter { $0.sha256.hasPrefix(sha256) }
        guard !waiting.isEmpty else { return Console.note("\(file): imported before, nothing to do") }
        // The file with these scripts is an import of its own: what mapped before is unchanged, what maps now is new.
        let key = "\(sha256)-mapped-by-\(folder.bundleSHA256)"
        switch try await ledger.begin(rooftop: folder.rooftop.id, fileName: name, sha256: key, now: now) {
        case .alreadyImported(let id):
            // A run that was cut short may have taken them in without noting so.
            let left = waiting.filter { $0.importID == id }
            try await ledger.markReplayed(waiting.filter { $0.importID != id }.map(\.id), now: now)
            guard !left.isEmpty else { return Console.note("\(file): imported before, nothing to do") }
            Console.note("\(file): imported before; \(Columns.count(left.count, "row")) of it still put aside. Mend mapping.lua and import it again")
        case .new(let id):
            try await take(export, name: name, sha256: sha256, in: ledger, as: id, at: now)
            try await ledger.markReplayed(waiting.map(\.id), now: now)
        }
    }

    private func take(
        _ export: ExportMapping, name: String, sha256: String, in ledger: SQLiteLedger, as id: ImportID, at now: Timestamp
    ) async throws {
        let summary: ExportMapping.Summary
        do {
            summary = try await stage(export, name: name, sha256: sha256, in: ledger, as: id)
        } catch {
            try await ledger.abandon(id)
            throw error
        }
        let outcome = try await ledger.publish(id, now: now)
        Console.note(
            "\(file): \(summary.rows) rows; repair orders: \(outcome.new) new, \(outcome.revised) revised, \(outcome.unchanged) unchanged, \(outcome.olderIgnored) older than what is held, \(outcome.voided) voided; \(outcome.quarantined) rows quarantined")
        for line in export.firstReasons { Console.note("  " + line) }
        if outcome.quarantined > 0 { Console.note("mend mapping.lua and import the file again: what was put aside is then mapped anew") }
    }

    private func stage(
        _ export: ExportMapping, name: String, sha256: String, in ledger: SQLiteLedger, as id: ImportID
    ) async throws -> ExportMapping.Summary {
        var orders: [RepairOrder] = []
        var quarantined: [QuarantineEntry] = []
        while let record = try await export.next() {
            switch record {
            case .repairOrder(var order, let place):
                order.source = Source(
                    file: name, sha256: sha256, lineFrom: place.lineFrom, lineTo: place.lineTo, byteOffset: place.byteOffset)
                orders.append(order)
            case .skipped: break
            case .quarantined(let aside): quarantined += aside.entries
            }
            guard orders.count + quarantined.count >= Self.batch else { continue }
            try await ledger.stage(orders, quarantined, in: id)
            orders.removeAll(keepingCapacity: true)
            quarantined.removeAll(keepingCapacity: true)
        }
        try await ledger.stage(orders, quarantined, in: id)
        try export.checkSomethingMapped()
        return export.summary
    }
}
