internal import Feeds
internal import FollowUp

/// Raw records that were kept of a file, which need not be at hand any more.
///
/// Laid out behind the file's header they are a feed that the usual reader reads, so that records of one repair order come
/// together again. What the reader finds is then told by its place in the file.
struct KeptRecords: Sendable {
    /// Today's mapping needs a header, and none was kept.
    struct HeaderNotKept: Error, CustomStringConvertible {
        let description = "its header was not kept; import the file again, and its rows are mapped anew"
    }

    struct Row: Sendable {
        let place: RecordPlace
        let rawBytes: [UInt8]
        /// Why no mapping saw the record, when it could not be read; nil when the mapping refused it.
        let unreadable: QuarantineCode?
    }

    /// As it stands in the file, empty when the file has none; nil when it was not kept.
    let header: [UInt8]?
    /// In the file's order.
    let rows: [Row]

    /// Trees, which are read one by one.
    var records: [RawRecord] { rows.map { RawRecord(bytes: $0.rawBytes, place: $0.place) } }

    /// Lays the records out as a feed of this format, whose records are rows.
    func layout(for format: FeedFormat) throws -> Layout {
        var format = format
        var lead: [UInt8] = []
        switch format.kind {
        case .json, .jsonLines, .xml, .fixed: break
        case .csv where !format.records.isEmpty: break
        case .csv:
            switch format.header {
            case .names: break
            case .firstRow, .line, .find:
                guard let header, !header.isEmpty else { throw HeaderNotKept() }
                lead = header
                // Lines are counted in the file; here the header comes first.
                if case .line = format.header { format.header = .firstRow }
            }
        }
        return Layout(rows, behind: lead, format)
    }

    /// The records as a feed, and the way back to their places.
    struct Layout: Sendable {
        let format: FeedFormat
        private(set) var bytes: [UInt8]
        /// The records laid out, in order.
        private(set) var rows: [Row] = []
        /// What is known of the others without mapping them: they still can't be read, or aren't data any more.
        private(set) var unread: [ExportMapping.Record] = []
        /// Where each record starts.
        private var offsets: [Int] = []
        private var lines: [Int] = []

        init(_ rows: [Row], behind lead: [UInt8], _ format: FeedFormat) {
            self.format = format
            let lineEnd = format.recordBytes != nil ? [] : Self.lineEnd(of: format.encoding, as: lead.isEmpty ? rows.first?.rawBytes ?? [] : lead)
            bytes = lead.isEmpty ? [] : lead + lineEnd
            let head = bytes
            var line = lead.isEmpty ? 1 : 2 + Self.lineEnds(in: lead)
            for row in rows {
                if row.unreadable != nil, format.begins != nil || format.fillDown {
                    unread.append(Self.aside(row, ReplayOutcome.needsWholeFile, "the rows before it tell which repair order it is of; import the file again"))
                    continue
                }
                // A quote that opens and never closes would run on into the next record.
                if let found = row.unreadable.flatMap({ _ in Self.withoutMapping(row, head, format) }) {
                    unread.append(found)
                    continue
                }
                offsets.append(bytes.count)
                lines.append(line)
                self.rows.append(row)
                bytes += row.rawBytes + lineEnd
                line += row.place.lineTo - row.place.lineFrom + 1
            }
        }

        /// The record with its places in the file; put aside when it runs over the end of what was one record there.
        func original(of record: ExportMapping.Record) -> ExportMapping.Record {
            switch record {
            case .repairOrder(let order, let places):
                return original(of: places).map { .repairOrder(order, rows: $0) } ?? ranOver(places)
            case .skipped(let reason, let places):
                return original(of: places).map { .skipped(reason: reason, rows: $0) } ?? ranOver(places)
            case .quarantined(let aside):
                let places = aside.rows.map(\.place)
                guard let found = original(of: places) else { return ranOver(places) }
                return .quarantined(
                    .init(
                        code: aside.code, reason: aside.reason, scriptLine: aside.scriptLine,
                        rows: zip(found, aside.rows).map { .init(place: $0, rawBytes: $1.rawBytes, isTruncated: $1.isTruncated) }))
            }
        }

        private func original(of places: [RecordPlace]) -> [RecordPlace]? {
            var found: [RecordPlace] = []
            for place in places {
                guard let index = index(at: place.byteOffset) else { return nil }
                let row = rows[index].place
                let shift = row.lineFrom - lines[index]
                guard place.lineTo + shift <= row.lineTo else { return nil }
                found.append(
                    RecordPlace(
                        lineFrom: place.lineFrom + shift, lineTo: place.lineTo + shift,
                        byteOffset: row.byteOffset + place.byteOffset - offsets[index]))
            }
            return found
        }

        private func ranOver(_ places: [RecordPlace]) -> ExportMapping.Record {
            var touched: Set<Int> = []
            for place in places {
                for (index, line) in lines.enumerated() where line <= place.lineTo && line + rows[index].lineSpan > place.lineFrom {
                    touched.insert(index)
                }
            }
            let code = QuarantineCode.unclosedQuote
            return .quarantined(
                .init(
                    code: code.rawValue, reason: "read with today's settings of feed, the row runs on into the next", scriptLine: nil,
                    rows: touched.sorted().map { .init(place: rows[$0].place, rawBytes: rows[$0].rawBytes, isTruncated: false) }))
        }

        /// The record that holds the byte at `offset` of the feed.
        private func index(at offset: Int) -> Int? {
            let after = offsets.partitioningIndex { $0 > offset }
            return after == 0 ? nil : after - 1
        }

        /// Reads one record alone. Gives nil when it is data now, and what is to be said of it when it isn't.
        private static func withoutMapping(_ row: Row, _ head: [UInt8], _ format: FeedFormat) -> ExportMapping.Record? {
            do {
                let reader = FeedReader(format: format, source: MemoryByteSource(head + row.rawBytes))
                _ = try reader.open()
                var isData = false
                while let record = try reader.next() {
                    switch record {
                    case .group: isData = true
                    case .quarantined(let bad): return aside(row, bad.code.rawValue, bad.code.explanation)
                    }
                }
                return isData ? nil : .skipped(reason: "the row is no data", rows: [row.place])
            } catch {
                return aside(row, row.unreadable?.rawValue ?? QuarantineCode.badEncoding.rawValue, "\(error)")
            }
        }

        private static func aside(_ row: Row, _ code: String, _ reason: String) -> ExportMapping.Record {
            let kept = ExportMapping.PutAside.Row(place: row.place, rawBytes: row.rawBytes, isTruncated: false)
            return .quarantined(.init(code: code, reason: reason, scriptLine: nil, rows: [kept]))
        }

        private static func lineEnd(of encoding: FeedFormat.Encoding, as text: [UInt8]) -> [UInt8] {
            let lineFeed = UInt8(ascii: "\n")
            switch encoding {
            case .utf8, .windows1252, .latin1: return [lineFeed]
            case .cp037, .cp500: return [0x25]
            case .utf16LittleEndian: return [lineFeed, 0]
            case .utf16BigEndian: return [0, lineFeed]
            case .utf16:
                let zeros = text.indices.filter { text[$0] == 0 }
                let even = zeros.count { $0 % 2 == 0 }
                return even > zeros.count - even ? [0, lineFeed] : [lineFeed, 0]
            }
        }

        private static func lineEnds(in text: [UInt8]) -> Int {
            let bytes = text.filter { $0 != 0 }
            return bytes.indices.count { place in
                bytes[place] == UInt8(ascii: "\n")
                    || bytes[place] == UInt8(ascii: "\r") && (place + 1 == bytes.count || bytes[place + 1] != UInt8(ascii: "\n"))
            }
        }
    }
}

extension KeptRecords.Row {
    fileprivate var lineSpan: Int { place.lineTo - place.lineFrom + 1 }
}
