internal import Feeds
internal import FollowUp
internal import Lua
internal import Scripting

/// One pass of a file through a rooftop's mapping: repair orders and quarantined rows come out in the file's order.
struct ExportMapping {
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
        }
    }

    enum Record {
        case repairOrder(RepairOrder)
        case skipped(reason: String)
        case quarantined(PutAside)
    }

    let format: FeedFormat
    private let mapper: Mapper
    private let reader: FeedReader

    init(bundle: ScriptBundle, file: String) throws {
        mapper = try Mapper(bundle: bundle)
        do {
            format = try FeedFormat(feed: mapper.feed)
        } catch let error as FeedFormatError {
            throw FeedFormatError("mapping.lua: \(error.description)")
        }
        reader = FeedReader(format: format, source: try FileByteSource(path: file))
    }

    /// Reads to the end of the file. Throws `FeedError` when the file as a whole can't be read.
    func forEach(_ body: (Record) throws -> Void) throws -> FeedSummary {
        let header = try reader.open()
        try mapper.setColumns(header.columns)
        while let record = try reader.next() {
            switch record {
            case .quarantined(let row): try body(.quarantined(PutAside(row)))
            case .group(let group): try body(map(group))
            }
        }
        return reader.summary
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
        case .repairOrder(let order): return .repairOrder(order)
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
        rows = [Row(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset, rawBytes: row.rawBytes)]
    }

    fileprivate init(_ failure: MappingFailure, _ group: FeedGroup) {
        code = failure.code.rawValue
        reason = failure.reason
        scriptLine = failure.scriptLine
        rows = (0..<group.count).map { place in
            let row = group[place]
            return Row(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset, rawBytes: row.rawBytes)
        }
    }
}
