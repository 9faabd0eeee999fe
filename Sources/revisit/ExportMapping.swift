internal import Crypto
internal import Feeds
internal import FollowUp
internal import Lua
internal import Scripting

/// One pass of a file through a rooftop's mapping: repair orders and quarantined rows come out in the file's order.
final class ExportMapping {
    typealias Summary = FeedSummary

    /// Rows that were put aside, with all that is needed to mend and replay them.
    struct PutAside {
        let code: String
        let reason: String
        let scriptLine: String?
        let rows: [Row]

        struct Row {
            let lineFrom: Int
            let lineTo: Int
            let byteOffset: Int
            let rawBytes: [UInt8]
            let isTruncated: Bool
        }
    }

    enum Record {
        case repairOrder(RepairOrder, lines: (from: Int, to: Int, byteOffset: Int))
        case skipped(reason: String)
        case quarantined(PutAside)
    }

    /// No row of the file became a repair order or was skipped on purpose: mapping and file don't fit each other.
    struct NothingMapped: Error, CustomStringConvertible {
        let description: String
    }

    private static let reasonsShown = 5

    /// Why the first rows were put aside, with their lines.
    private(set) var firstReasons: [String] = []
    private var hasMapped = false
    let format: FeedFormat
    private let mapper: Mapper
    private let reader: FeedReader
    private let hash = Hash()
    var summary: FeedSummary { reader.summary }

    /// Collects the file's SHA-256 while the reader sees its bytes.
    private final class Hash {
        var sha256 = SHA256()
    }

    init(bundle: ScriptBundle, file: String) throws {
        mapper = try Mapper(bundle: bundle)
        do {
            format = try FeedFormat(feed: mapper.feed)
        } catch let error as FeedFormatError {
            throw FeedFormatError("mapping.lua: \(error.description)")
        }
        reader = FeedReader(format: format, source: try FileByteSource(path: file)) { [hash] in
            hash.sha256.update(bufferPointer: $0)
        }
    }

    /// Looks the file over and gives its hexadecimal SHA-256. Throws `FeedError` when the file as a whole can't be read.
    func open() throws -> String {
        let header = try reader.open()
        try mapper.setColumns(header.columns)
        return hash.sha256.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The next repair order, skipped group or quarantined rows; nil at the end.
    func next() throws -> Record? {
        let record: Record
        switch try reader.next() {
        case nil: return nil
        case .quarantined(let row): record = .quarantined(PutAside(row))
        case .group(let group): record = map(group)
        }
        switch record {
        case .repairOrder, .skipped: hasMapped = true
        case .quarantined(let aside): note(aside)
        }
        return record
    }

    /// For those who keep what is mapped: a file of which nothing is, is held back as a whole.
    func checkSomethingMapped() throws(NothingMapped) {
        guard !hasMapped, let first = firstReasons.first else { return }
        throw NothingMapped(description: "no row could be mapped, so nothing was taken in; \(first)")
    }

    private func note(_ aside: PutAside) {
        guard let first = aside.rows.first, firstReasons.count < Self.reasonsShown else { return }
        let script = aside.scriptLine.map { " (\($0))" } ?? ""
        firstReasons.append("line \(first.lineFrom): \(aside.code): \(aside.reason)\(script)")
    }

    private func map(_ group: FeedGroup) -> Record {
        let mapped = mapper.map { encoder, rowType in
            (0..<group.count).map { place in
                group[place].withCellRanges { ranges, bytes in
                    encoder.row(type: rowType, bytes: bytes, count: ranges.count) {
                        (Int(ranges[$0].offset), Int(ranges[$0].length))
                    }
                }
            }
        }
        switch mapped {
        case .repairOrder(let order):
            let last = group[group.count - 1]
            return .repairOrder(order, lines: (group[0].lineFrom, last.lineTo, group[0].byteOffset))
        case .skipped(let reason): return .skipped(reason: reason)
        case .quarantined(let failure): return .quarantined(PutAside(failure, group))
        }
    }
}

extension ExportMapping.PutAside {
    fileprivate init(_ row: QuarantinedRow) {
        code = row.code.rawValue
        reason = row.reason
        scriptLine = nil
        rows = [Row(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset, rawBytes: row.rawBytes, isTruncated: row.isTruncated)]
    }

    fileprivate init(_ failure: MappingFailure, _ group: FeedGroup) {
        code = failure.code.rawValue
        reason = failure.reason
        scriptLine = failure.scriptLine
        rows = (0..<group.count).map { place in
            let row = group[place]
            return Row(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset, rawBytes: row.rawBytes, isTruncated: false)
        }
    }
}

extension ExportMapping.PutAside {
    /// The rows as the ledger keeps them.
    var entries: [QuarantineEntry] {
        rows.map {
            QuarantineEntry(
                code: code, reason: reason, lineFrom: $0.lineFrom, lineTo: $0.lineTo, byteOffset: $0.byteOffset,
                rawBytes: $0.rawBytes, isTruncated: $0.isTruncated, scriptLine: scriptLine)
        }
    }
}
