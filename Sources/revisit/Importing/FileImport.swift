internal import Feeds
internal import FollowUp
internal import Foundation
internal import SQLiteStorage
internal import Scripting

/// Takes an export into the ledger, whole or not at all, and plans what follows from it.
struct FileImport {
    /// Repair orders between two writes.
    private static let batch = 500

    let folder: RooftopFolder
    let limit: ErrorLimit
    let clock: any WallClock

    /// - Parameters:
    ///   - name: What the file is called; its path may differ while it is being taken in.
    ///   - stampedAt: The instant that the file speaks of.
    ///   - openLedger: Comes once the file has turned out readable, so that a wrong file leaves no ledger.
    /// - Returns: The file's SHA-256.
    @discardableResult
    func run(
        path: String, name: String, stampedAt: Timestamp, _ openLedger: () throws -> SQLiteLedger
    ) async throws -> String {
        let progress = ProgressBar(path: path)
        defer { progress?.clear() }
        let export = try await ExportMapping(bundle: folder.bundle, file: path, onRead: progress.map { bar in { bar.advance(bytes: $0) } })
        let sha256 = try await export.open()
        let ledger = try openLedger()
        try await ledger.register(folder.rooftop)
        let file = ImportedFile(name: name, sha256: sha256, stampedAt: stampedAt, header: export.header)
        switch try await ledger.begin(file, rooftop: folder.rooftop.id, now: clock.now) {
        case .alreadyImported(let id): try await replay(id, export, name, in: ledger, progress)
        case .new(let id): try await take(export, file, in: ledger, as: id, progress)
        }
        // Also after a file that is known: a run that was cut short may have left visits to plan.
        progress?.show("planning")
        try await Self.plan(folder.rooftop, in: ledger, clock, progress)
        return sha256
    }

    /// Plans what imports and replays brought, and tells of it.
    static func plan(_ rooftop: Rooftop, in ledger: SQLiteLedger, _ clock: any WallClock, _ progress: ProgressBar? = nil) async throws {
        let planned = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: clock).takeTurn()
        progress?.clear()
        guard planned.visits > 0 else { return }
        let old = planned.tooOld == 0 ? "" : "; \(planned.tooOld) of them too old to follow up"
        Console.note("\(Columns.count(planned.visits, "visit")) planned\(old)")
    }

    /// A file that was imported before: rows of it that wait are mapped again, as the mapping may have been mended.
    private func replay(
        _ id: ImportID, _ export: ExportMapping, _ name: String, in ledger: SQLiteLedger, _ progress: ProgressBar?
    ) async throws {
        let waiting = try await ledger.waitingImports(rooftop: folder.rooftop.id).first { $0.id == id }
        guard let waiting else {
            progress?.clear()
            return Console.note("\(name): imported before, nothing to do")
        }
        let outcome = try await Replay(waiting, in: ledger).run(file: export, now: clock.now)
        progress?.clear()
        Console.note("\(name): imported before")
        ReplaySummary(name: name, waited: waiting.rows, outcome: outcome).show()
    }

    private func take(
        _ export: ExportMapping, _ file: ImportedFile, in ledger: SQLiteLedger, as id: ImportID, _ progress: ProgressBar?
    ) async throws {
        do {
            try await stage(export, file, in: ledger, as: id, progress)
        } catch {
            try await ledger.abandon(id)
            throw error
        }
        progress?.show("writing")
        let outcome = try await ledger.publish(id, now: clock.now)
        progress?.clear()
        Console.note(
            "\(file.name): \(export.summary.rows) rows; repair orders: \(Self.words(outcome)); \(outcome.quarantined) rows quarantined")
        let dropped = export.summary.skippedRows
        if dropped > 0 { Console.note("\(Columns.count(dropped, "line")) dropped by feed.skip") }
        for line in export.firstReasons { Console.note("  " + line) }
        if outcome.quarantined > 0 {
            Console.note("mend mapping.lua and run revisit replay, or import the file again: what was put aside is then mapped anew")
        }
    }

    private func stage(
        _ export: ExportMapping, _ file: ImportedFile, in ledger: SQLiteLedger, as id: ImportID, _ progress: ProgressBar?
    ) async throws {
        var orders: [RepairOrder] = []
        var quarantined: [QuarantineEntry] = []
        var aside = 0
        while let record = try await export.next() {
            switch record {
            case .repairOrder(var order, let rows):
                order.source = Source(file, rows)
                orders.append(order)
            case .skipped: break
            case .quarantined(let rows):
                quarantined += rows.entries
                aside += rows.rows.count
            }
            guard orders.count + quarantined.count >= Self.batch else { continue }
            try await ledger.stage(orders, quarantined, in: id)
            orders.removeAll(keepingCapacity: true)
            quarantined.removeAll(keepingCapacity: true)
            progress?.advance(toRow: export.summary.rows)
        }
        try await ledger.stage(orders, quarantined, in: id)
        try export.checkSomethingMapped()
        try TooManyErrors.check(limit, quarantined: aside, export)
    }

    /// "1 new, 0 revised, …".
    static func words(_ outcome: ImportOutcome) -> String {
        "\(outcome.new) new, \(outcome.revised) revised, \(outcome.unchanged) unchanged, \(outcome.olderIgnored) older than what is held, \(outcome.voided) voided"
    }
}

extension Source {
    /// Where in a file the rows of a repair order stand.
    init?(_ file: ImportedFile, _ rows: [RecordPlace]) {
        guard let first = rows.first, let last = rows.last else { return nil }
        self.init(
            file: file.name, sha256: file.sha256, stampedAt: file.stampedAt, lineFrom: first.lineFrom, lineTo: last.lineTo,
            byteOffset: first.byteOffset)
    }
}
