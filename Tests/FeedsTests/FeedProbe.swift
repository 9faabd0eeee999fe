import Feeds
import Foundation

/// A record as plain values, so that two readings can be compared.
struct ReadRow: Equatable {
    var cells: [String]
    var lines: ClosedRange<Int>
    var byteOffset: Int
    var raw: [UInt8]
    var kind = 0
}

/// Everything that a reading yields, in order.
struct Reading: Equatable {
    enum Item: Equatable {
        case group(key: String, rows: [ReadRow])
        case quarantined(QuarantinedRow)
    }

    var header: FeedHeader
    var items: [Item] = []
    var summary: FeedSummary

    var groups: [(key: String, rows: [ReadRow])] {
        items.compactMap { item in
            if case .group(let key, let rows) = item { (key, rows) } else { nil }
        }
    }

    var rows: [ReadRow] { groups.flatMap(\.rows) }
    var cells: [[String]] { rows.map(\.cells) }

    var quarantined: [QuarantinedRow] {
        items.compactMap { item in
            if case .quarantined(let row) = item { row } else { nil }
        }
    }
}

/// Reads a whole feed from memory.
func read(
    _ bytes: [UInt8], _ format: FeedFormat = FeedFormat(), chunkBytes: Int = Int.max, limits: FeedLimits = FeedLimits()
) throws -> Reading {
    try read(FeedReader(format: format, source: MemoryByteSource(bytes, chunkBytes: chunkBytes), limits: limits))
}

func read(_ reader: FeedReader) throws -> Reading {
    var reading = Reading(header: try reader.open(), summary: reader.summary)
    while let record = try reader.next() {
        switch record {
        case .group(let group):
            let rows = (0..<group.count).map { position in
                let row = group[position]
                return ReadRow(
                    cells: (0..<row.cellCount).map { row[$0] }, lines: row.place.lineFrom...row.place.lineTo,
                    byteOffset: row.place.byteOffset, raw: row.rawBytes, kind: row.kind)
            }
            reading.items.append(.group(key: group.key, rows: rows))
        case .quarantined(let row):
            reading.items.append(.quarantined(row))
        }
    }
    reading.summary = reader.summary
    return reading
}

func read(_ text: String, _ format: FeedFormat = FeedFormat(), limits: FeedLimits = FeedLimits()) throws -> Reading {
    try read(Array(text.utf8), format, limits: limits)
}

func format(_ change: (inout FeedFormat) -> Void) -> FeedFormat {
    var format = FeedFormat()
    change(&format)
    return format
}

/// The bytes of a text in an encoding of the tests' own, so that the reader's tables are not checked against themselves.
func encode(_ text: String, _ encoding: FeedFormat.Encoding) -> [UInt8] {
    switch encoding {
    case .utf8: Array(text.utf8)
    case .utf16: [0xFF, 0xFE] + encode(text, .utf16LittleEndian)
    case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .cp037, .cp500: text.unicodeScalars.map { ebcdicBytes[encoding]?[$0.value] ?? 0 }
    case .latin1: text.unicodeScalars.map { UInt8($0.value) }
    case .windows1252: text.unicodeScalars.map { $0 == "€" ? 0x80 : $0 == "’" ? 0x92 : UInt8($0.value) }
    }
}

/// The byte of each character, from tables that Python's codecs made.
private let ebcdicBytes: [FeedFormat.Encoding: [UInt32: UInt8]] = [.cp037: ebcdicTable("cp037"), .cp500: ebcdicTable("cp500")]

private func ebcdicTable(_ name: String) -> [UInt32: UInt8] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Fixtures"),
        let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [:] }
    let characters = text.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0, radix: 16) }
    return Dictionary(uniqueKeysWithValues: zip(characters, 0...UInt8.max))
}
