internal import Feeds
internal import FollowUp
internal import SQLiteStorage
internal import Scripting

/// Maps an import's quarantined rows again and takes in what maps now.
///
/// There is one way for both sources: the rows' raw bytes, which the ledger keeps, or the file when it is at hand. What
/// comes out counts only when it has rows that wait.
struct Replay {
    let ledger: SQLiteLedger
    let imported: WaitingImport
    private let waiting: [QuarantinedEntry]

    init(_ imported: WaitingImport, in ledger: SQLiteLedger) async throws {
        self.ledger = ledger
        self.imported = imported
        waiting = try await ledger.quarantine(of: imported.id, after: nil, limit: .max)
            .sorted { $0.entry.byteOffset < $1.entry.byteOffset }
    }

    /// From the bytes kept.
    ///
    /// A row that could not be read when its file was imported may lack the other rows of its repair order. Where the
    /// ledger holds that number, it goes on waiting for the whole file.
    func run(bundle: ScriptBundle, now: Timestamp) async throws -> ReplayOutcome {
        let whole = waiting.filter { !$0.entry.isTruncated }
        let kept = KeptRecords(header: imported.file.header, rows: whole.map { KeptRecords.Row($0.entry) })
        let export = try await ExportMapping(bundle: bundle, kept: kept)
        _ = try await export.open()
        return try await run(export, mayLackRows: !export.format.groupBy.isEmpty, now: now)
    }

    /// From the whole file, which is open.
    func run(file export: ExportMapping, now: Timestamp) async throws -> ReplayOutcome {
        try await run(export, mayLackRows: false, now: now)
    }

    private func run(_ export: ExportMapping, mayLackRows: Bool, now: Timestamp) async throws -> ReplayOutcome {
        var results: [ReplayedRows] = []
        while let record = try await export.next() {
            switch record {
            case .repairOrder(var order, let places):
                let rows = rows(at: places)
                guard !rows.isEmpty else { continue }
                order.source = Source(imported.file, places)
                let isPart = mayLackRows && rows.contains { $0.entry.wasUnreadable != nil }
                results.append(.repairOrder(order, rows: rows.map(\.id), mayLackRows: isPart))
            case .skipped(_, let places):
                let rows = rows(at: places)
                if !rows.isEmpty { results.append(.skipped(rows.map(\.id))) }
            case .quarantined(let aside):
                let rows = rows(at: aside.rows.map(\.place))
                // The reason of the first time tells of the file, so it is the better one.
                let changed = rows.filter { $0.entry.code != aside.code || aside.scriptLine != nil }
                let same = rows.filter { $0.entry.code == aside.code && aside.scriptLine == nil }
                if !changed.isEmpty {
                    results.append(.waits(changed.map(\.id), code: aside.code, reason: aside.reason, scriptLine: aside.scriptLine))
                }
                results += same.map { .waits([$0.id], code: $0.entry.code, reason: $0.entry.reason, scriptLine: $0.entry.scriptLine) }
            }
        }
        return try await ledger.replay(results, of: imported.id, now: now)
    }

    /// The waiting rows that the places lie in.
    private func rows(at places: [RecordPlace]) -> [QuarantinedEntry] {
        var found: [QuarantinedEntry] = []
        for place in places {
            let after = waiting.partitioningIndex { $0.entry.byteOffset > place.byteOffset }
            guard after > 0 else { continue }
            let row = waiting[after - 1]
            guard place.byteOffset < row.entry.byteOffset + max(1, row.entry.rawBytes.count) else { continue }
            if found.last?.id != row.id { found.append(row) }
        }
        return found
    }
}

extension KeptRecords.Row {
    fileprivate init(_ entry: QuarantineEntry) {
        place = RecordPlace(lineFrom: entry.lineFrom, lineTo: entry.lineTo, byteOffset: entry.byteOffset)
        rawBytes = entry.rawBytes
        unreadable = entry.wasUnreadable
    }
}

extension QuarantineEntry {
    /// Why the row could not be read when its file was imported; nil when the mapping refused it.
    fileprivate var wasUnreadable: QuarantineCode? { QuarantineCode(rawValue: firstCode ?? code) }
}
