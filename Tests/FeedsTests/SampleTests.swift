import Feeds
import Foundation
import Testing

/// An export as it may come from a DMS, and how its mapping pins it.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    var encoding = FeedFormat.Encoding.utf8
    var fallback: FeedFormat.Encoding?
    let groupBy: String
    /// Rows, cells and a checksum of all cells, as Python's `csv.reader` splits the sample; nil where it does not end up
    /// with the rows that are there.
    var python: (rows: Int, cells: Int, checksum: UInt64)?
    let groups: Int

    var testDescription: String { name }

    static let all = [
        Sample(
            name: "01_cdk_ro_history", encoding: .latin1, groupBy: "ronumber", python: (60, 1500, 0xb493_e747_2cb6_fba7), groups: 60),
        Sample(name: "08_line_items", groupBy: "RO", python: (173, 3240, 0xf959_197b_ea73_16c6), groups: 45),
        Sample(
            name: "11_corrections_and_voids", groupBy: "extract_ts", python: (149, 2831, 0x8a98_fc5a_071d_5b0a), groups: 48),
        Sample(name: "14_dirty_concatenated", fallback: .windows1252, groupBy: "RO", groups: 44),
        Sample(name: "16_declined_then_done", groupBy: "ro", python: (74, 1332, 0xb5b6_c337_01c0_2876), groups: 28),
    ]

    func format(grouped: Bool) -> FeedFormat {
        FeedsTests.format {
            $0.encoding = encoding
            $0.fallbackEncoding = fallback
            if grouped { $0.groupBy = [groupBy] }
        }
    }

    func bytes() throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Fixtures"))
        return try Array(Data(contentsOf: url))
    }
}

@Suite("Samples of exports")
struct SampleTests {
    @Test("a clean sample splits into the rows and cells that Python's csv makes of it", arguments: Sample.all)
    func likePython(sample: Sample) throws {
        guard let python = sample.python else { return }
        let reading = try read(sample.bytes(), sample.format(grouped: false))
        #expect(reading.rows.count == python.rows)
        #expect(reading.cells.reduce(0) { $0 + $1.count } == python.cells)
        #expect(checksum(reading.cells) == python.checksum)
        #expect(reading.quarantined.isEmpty)
    }

    @Test("where chunks end makes no difference: quote, CRLF, surrogate or mark", arguments: Sample.all, [1, 2, 3, 7, 64 << 10])
    func chunks(sample: Sample, chunkBytes: Int) throws {
        for grouped in [false, true] {
            let whole = try read(sample.bytes(), sample.format(grouped: grouped))
            #expect(try read(sample.bytes(), sample.format(grouped: grouped), chunkBytes: chunkBytes) == whole)
        }
    }

    @Test("raw bytes of all rows are those at their offsets in the file", arguments: Sample.all)
    func rawBytes(sample: Sample) throws {
        let bytes = try sample.bytes()
        let reading = try read(bytes, sample.format(grouped: false))
        for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
        for row in reading.quarantined {
            #expect(Array(bytes[row.place.byteOffset..<row.place.byteOffset + row.rawBytes.count]) == row.rawBytes)
        }
    }

    @Test("a grouped sample has each row once, and each repair order once", arguments: Sample.all)
    func grouped(sample: Sample) throws {
        let alone = try read(sample.bytes(), sample.format(grouped: false))
        let grouped = try read(sample.bytes(), sample.format(grouped: true))
        #expect(grouped.groups.count == sample.groups)
        #expect(Set(grouped.groups.map(\.key)).count == sample.groups)
        #expect(grouped.rows.map(\.byteOffset).sorted() == alone.rows.map(\.byteOffset))
        let firsts = grouped.groups.compactMap { $0.rows.first?.byteOffset }
        #expect(firsts == firsts.sorted())
    }

    @Test("the dirty sample loses one row to its unclosed quote, and none to its other oddities")
    func dirty() throws {
        let sample = Sample.all[3]
        let reading = try read(sample.bytes(), sample.format(grouped: false))
        #expect(reading.quarantined.map(\.place.lineFrom) == [35])
        #expect(reading.quarantined.map(\.code) == [.unclosedQuote])
        #expect(reading.rows.count == 45)
        #expect(reading.summary.repeatedHeaders == 1)
        #expect(reading.summary.blankRows == 3)
        #expect(reading.summary.fallbackRows == 3)
        #expect(reading.cells[3][2] == "Núñez, Priya")
        var pinned = sample.format(grouped: false)
        pinned.fallbackEncoding = nil
        #expect(try read(sample.bytes(), pinned).quarantined.map(\.place.lineFrom) == [5, 21, 35, 41])
    }

    /// FNV-1a over all cells, U+001F between the cells and a line feed between the rows.
    private func checksum(_ rows: [[String]]) -> UInt64 {
        rows.map { $0.joined(separator: "\u{1F}") }.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
    }
}
