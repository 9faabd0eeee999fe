internal import Crypto
internal import Feeds
internal import FollowUp
internal import Foundation
internal import Lua
internal import Scripting

/// One pass of a file, or of records that were kept of one, through a rooftop's mapping: repair orders and quarantined rows
/// come out in the file's order.
final class ExportMapping {
    typealias Summary = FeedSummary

    /// Rows that were put aside, with all that is needed to mend and replay them.
    struct PutAside: Sendable {
        let code: String
        let reason: String
        let scriptLine: String?
        let rows: [Row]

        struct Row: Sendable {
            let place: RecordPlace
            let rawBytes: [UInt8]
            let isTruncated: Bool
        }
    }

    enum Record: Sendable {
        case repairOrder(RepairOrder, rows: [RecordPlace])
        case skipped(reason: String, rows: [RecordPlace])
        case quarantined(PutAside)

        /// Where its first row stands.
        var place: RecordPlace? {
            switch self {
            case .repairOrder(_, let rows), .skipped(_, let rows): rows.first
            case .quarantined(let aside): aside.rows.first?.place
            }
        }
    }

    /// What became of one group of records, and what the mapping read of them.
    struct Watched: Sendable {
        let record: Record
        let sources: [SourceRecord]
    }

    /// No row of the file became a repair order or was skipped on purpose: mapping and file don't fit each other.
    struct NothingMapped: Error, CustomStringConvertible {
        let description: String
    }

    /// What the reader hands to a mapping thread.
    enum Entry: Sendable {
        case group(FeedGroup)
        case quarantined(PutAside)
    }

    private static let reasonsShown = 5
    private static let threadsMost = 4
    /// Groups of rows that a thread maps at a time.
    private static let batch = 64
    /// Batches for each thread that are read before the first is waited for.
    private static let batchesAhead = 2

    /// Why the first rows were put aside, with their lines.
    private(set) var firstReasons: [String] = []
    private var hasMapped = false
    let format: FeedFormat
    private let threads: [MappingThread]
    private let reader: FeedReader
    private let hash = Hash()
    private var mapping: [Task<[Record], Never>] = []
    private var mapped: [Record] = []
    private var unread: ArraySlice<Record>
    private var nextMapped = 0
    private var nextThread = 0
    private var hasMore = true
    /// Where kept records stood in their file; nil for a file.
    private let layout: KeptRecords.Layout?
    /// The header as it stands in the file; empty before `open`, and when there is none.
    private(set) var header: [UInt8] = []
    var summary: FeedSummary { reader.summary }

    /// Collects the file's SHA-256 while the reader sees its bytes.
    private final class Hash {
        var sha256 = SHA256()
    }

    /// - Parameter onRead: Hears how many bytes were read, at each reading; the file may be read twice.
    convenience init(bundle: ScriptBundle, file: String, isCovering: Bool = false, onRead: ((Int) -> Void)? = nil) async throws {
        try await self.init(bundle: bundle, isCovering: isCovering) { format, onBytes in
            let source = try FileByteSource(path: file)
            return (FeedReader(format: format, source: onRead.map { CountedByteSource(source, onRead: $0) } ?? source, onBytes: onBytes), nil)
        }
    }

    /// Reads records that were kept of a file, as today's mapping says; their places are those in that file.
    ///
    /// Throws `KeptRecords.HeaderNotKept` besides what a file does.
    convenience init(bundle: ScriptBundle, kept: KeptRecords) async throws {
        try await self.init(bundle: bundle) { format, onBytes in
            if format.kind.isTree { return (FeedReader(format: format, records: kept.records), nil) }
            let layout = try kept.layout(for: format)
            return (FeedReader(format: layout.format, source: MemoryByteSource(layout.bytes), onBytes: onBytes), layout)
        }
    }

    private init(
        bundle: ScriptBundle, isCovering: Bool = false,
        _ makeReader: (FeedFormat, @escaping (UnsafeRawBufferPointer) -> Void) throws -> (FeedReader, KeptRecords.Layout?)
    ) async throws {
        let first = try await MappingThread(bundle: bundle, isCovering: isCovering)
        let feed = await first.feed
        let pinned: FeedFormat
        do {
            pinned = try FeedFormat(feed: feed)
        } catch let error as FeedFormatError {
            throw FeedFormatError("mapping.lua: \(error.description)")
        }
        (reader, layout) = try makeReader(pinned) { [hash] in hash.sha256.update(bufferPointer: $0) }
        format = reader.format
        unread = layout?.unread[...] ?? []
        var threads = [first]
        let wanted = layout.map { $0.rows.count < Self.batch ? 1 : Self.threadsMost } ?? Self.threadsMost
        for _ in 1..<max(2, min(wanted, max(2, ProcessInfo.processInfo.activeProcessorCount))) where wanted > 1 {
            threads.append(try await MappingThread(bundle: bundle, isCovering: isCovering))
        }
        self.threads = threads
    }

    /// Looks the file over and gives its hexadecimal SHA-256. Throws `FeedError` when the file as a whole can't be read.
    func open() async throws -> String {
        guard layout?.rows.isEmpty != true else {
            hasMore = false
            return ""
        }
        header = try reader.open().rawBytes
        let feed = OpenedFeed(format: format, kinds: reader.kinds, joined: reader.joined)
        for thread in threads { try await thread.declare(feed) }
        return hash.sha256.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The next repair order, skipped group or quarantined rows, in the file's order; nil at the end.
    func next() async throws -> Record? {
        if let record = unread.popFirst() { return noted(record) }
        while nextMapped == mapped.count {
            while hasMore, mapping.count < threads.count * Self.batchesAhead { try readBatch() }
            guard !mapping.isEmpty else { return nil }
            mapped = await mapping.removeFirst().value
            nextMapped = 0
        }
        let record = mapped[nextMapped]
        nextMapped += 1
        return noted(layout?.original(of: record) ?? record)
    }

    private func noted(_ record: Record) -> Record {
        switch record {
        case .repairOrder, .skipped: hasMapped = true
        case .quarantined(let aside): note(aside)
        }
        return record
    }

    /// The same, one at a time on one thread, and with what the mapping read.
    func nextWatched() async throws -> Watched? {
        let watched: Watched
        switch try reader.next() {
        case nil: return nil
        case .quarantined(let row): watched = await threads[0].watch(.quarantined(PutAside(row)))
        case .group(let group): watched = await threads[0].watch(.group(group))
        }
        if case .quarantined(let aside) = watched.record { note(aside) }
        return watched
    }

    /// The lines of a script that ran on any thread, when they are noted.
    func coveredLines(of file: String) async -> Set<Int> {
        var lines: Set<Int> = []
        for thread in threads { lines.formUnion(await thread.coveredLines(of: file)) }
        return lines
    }

    /// What the mapping asked for and no record had, since this was asked last.
    func takeMissedNames() async -> [String] { await threads[0].takeMissedNames() }

    /// Reads groups of rows and hands them to the next thread, which maps them while more are read.
    private func readBatch() throws {
        var batch: [Entry] = []
        batch.reserveCapacity(Self.batch)
        while batch.count < Self.batch {
            switch try reader.next() {
            case nil: hasMore = false
            case .quarantined(let row): batch.append(.quarantined(PutAside(row)))
            case .group(let group): batch.append(.group(group))
            }
            if !hasMore { break }
        }
        guard !batch.isEmpty else { return }
        let thread = threads[nextThread % threads.count]
        nextThread += 1
        mapping.append(Task { [batch] in await thread.map(batch) })
    }

    /// For those who keep what is mapped: a file of which nothing is, is held back as a whole.
    func checkSomethingMapped() throws(NothingMapped) {
        guard !hasMapped, let first = firstReasons.first else { return }
        throw NothingMapped(description: "no row could be mapped, so nothing was taken in; \(first)")
    }

    private func note(_ aside: PutAside) {
        guard let first = aside.rows.first, firstReasons.count < Self.reasonsShown else { return }
        let script = aside.scriptLine.map { " (\($0))" } ?? ""
        firstReasons.append("line \(first.place.lineFrom): \(aside.code): \(aside.reason)\(script)")
    }
}

extension ExportMapping.PutAside {
    init(_ row: QuarantinedRow) {
        code = row.code.rawValue
        reason = row.reason
        scriptLine = nil
        rows = [Row(place: row.place, rawBytes: row.rawBytes, isTruncated: row.isTruncated)]
    }

    init(code: String, reason: String, scriptLine: String? = nil, _ group: FeedGroup) {
        self.code = code
        self.reason = reason
        self.scriptLine = scriptLine
        rows = (0..<group.count).map { place in
            let row = group[place]
            return Row(place: row.place, rawBytes: row.rawBytes, isTruncated: false)
        }
    }
}

extension ExportMapping.PutAside {
    /// The rows as the ledger keeps them.
    var entries: [QuarantineEntry] {
        rows.map {
            QuarantineEntry(
                code: code, reason: reason, lineFrom: $0.place.lineFrom, lineTo: $0.place.lineTo, byteOffset: $0.place.byteOffset,
                rawBytes: $0.rawBytes, isTruncated: $0.isTruncated, scriptLine: scriptLine)
        }
    }
}
