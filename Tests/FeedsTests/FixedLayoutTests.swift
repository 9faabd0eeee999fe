import Feeds
import Foundation
import Testing

@Suite("Fixed places")
struct FixedLayoutTests {
    static let places = [FeedFormat.FixedColumn("RO", 1, 6), .init("OP", 8, 4), .init("NAME", 13, 10)]
    let fixed = format {
        $0.kind = .fixed
        $0.places = places
    }

    @Test("cells are cut at their places and trimmed, whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
    func cells(end: String) throws {
        let reading = try read(["611001 LOF  TILLERY", "611002\u{0}BRKR  BHATT \u{0}\u{0}", "", "611003"].joined(separator: end), fixed)
        #expect(reading.header.columns == ["RO", "OP", "NAME"])
        #expect(reading.cells == [["611001", "LOF", "TILLERY"], ["611002", "BRKR", "BHATT"], ["611003", "", ""]])
        #expect(reading.rows.map(\.lines) == [1...1, 2...2, 4...4])
        #expect(reading.summary.blankRows == 1)
        #expect(reading.summary.shortRows == 0)
        #expect(reading.rows.map(\.raw).first == Array("611001 LOF  TILLERY".utf8))
    }

    @Test("a place is counted in characters, not in bytes")
    func characters() throws {
        let reading = try read("611001 ÑÑÑÑ Núñez 🚗   x\n", fixed)
        #expect(reading.cells == [["611001", "ÑÑÑÑ", "Núñez 🚗"]])
        #expect(reading.summary.rowsWithExtraCells == 1)
        let latin = try read(encode("611001 ÑÑÑÑ Núñez\n", .latin1), format {
            $0.kind = .fixed
            $0.places = Self.places
            $0.fallbackEncoding = .latin1
        })
        #expect(latin.cells == [["611001", "ÑÑÑÑ", "Núñez"]])
        #expect(latin.summary.fallbackRows == 1)
    }

    @Test("a row that is not text is quarantined, and one that is too long")
    func badRows() throws {
        var limits = FeedLimits()
        limits.rowBytes = 40
        let bytes = Array("611001 LOF\n611002 ".utf8) + [0xFA] + Array("\n\(String(repeating: "x", count: 50))\n611003 ROT".utf8)
        for chunkBytes in [1, 7, 1_000] {
            let reading = try read(bytes, fixed, chunkBytes: chunkBytes, limits: limits)
            #expect(reading.quarantined.map(\.code) == [.badEncoding, .rowTooLong])
            #expect(reading.quarantined.map(\.place.byteOffset) == [11, 20])
            #expect(reading.rows.map(\.lines) == [1...1, 4...4])
        }
    }

    static func report() throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "paged_report", withExtension: "txt", subdirectory: "Fixtures"))
        return try Array(Data(contentsOf: url))
    }

    static let reportFormat = format {
        $0.kind = .fixed
        $0.places = [
            .init("RO", 1, 6), .init("CLOSED", 9, 8), .init("OP", 19, 4), .init("DESC", 25, 30), .init("STATUS", 57, 6),
            .init("AMOUNT", 65, 9),
        ]
        $0.skip = [
            .init(at: 71, "PAGE ###"), .init(at: 1, "RO "), .init(at: 1, "------"), .init("* * *"), .init(at: 1, "TOTAL REPAIR ORDERS"),
        ].map { $0.text == "PAGE ###" ? .init(at: 71, "PAGE   #") : $0 }
        $0.groupBy = ["RO"]
        $0.fillDown = true
    }

    @Test("a repair order that goes on over a page is one, without the page's headings and footings", arguments: [1, 2, 5, 1_000])
    func pages(chunkBytes: Int) throws {
        let reading = try read(Self.report(), Self.reportFormat, chunkBytes: chunkBytes)
        #expect(reading.groups.map(\.key) == ["611001", "611002", "611003"])
        #expect(reading.groups.map { $0.rows.map { $0.cells[2] } } == [["LOF", "BRKR"], ["MPI", "BATT", "WIPE"], ["ROT"]])
        #expect(reading.groups[1].rows.map(\.lines) == [7...7, 8...8, 14...14])
        #expect(reading.quarantined.isEmpty)
        #expect(reading.summary.skippedRows == 8)
        let bytes = try Self.report()
        for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
    }

    @Test("pictures stand for digits, letters and any character, at a place or at the first that is not blank")
    func pictures() throws {
        let skipped: [(FeedFormat.Picture, Bool)] = [
            (.init("PAGE #"), true), (.init(at: 3, "PAGE"), true), (.init(at: 4, "PAGE"), false), (.init("PAGE @"), false),
            (.init("P@@E"), true), (.init("P?G? ?"), true), (.init(at: 12, "é"), true), (.init(at: 13, "x"), true), (.init(at: 14, "?"), false),
            (.init("PAGE 1    éxy"), false),
        ]
        for (picture, isSkipped) in skipped {
            let reading = try read("611001 LOF\n\u{0C}  PAGE 1   éx\n", format {
                $0.kind = .fixed
                $0.places = Self.places
                $0.skip = [picture]
            })
            #expect(reading.summary.skippedRows == (isSkipped ? 1 : 0), "\(picture)")
        }
    }

    @Test("a file that plainly has another layout is refused before its first row, with what to do")
    func wrongLayout() {
        let cases: [(String, [String])] = [
            ("a,b,c,d\n1,2,3,4\n5,6,7,8\n", ["line 1 has 3 commas", "shorter than the place of column 'LAST' at 90", "feed.format = \"csv\""]),
            ("x\n", ["line 1 has 1 characters", "'FIRST', begins at 3", "feed.skip"]),
        ]
        for (text, words) in cases {
            let error = #expect(throws: FeedError.self) {
                try read(text, format {
                    $0.kind = .fixed
                    $0.places = [.init("FIRST", 3, 4), .init("LAST", 90, 5)]
                })
            }
            for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
        }
    }
}

@Suite("Records of one length")
struct RecordLengthTests {
    /// Number, code, amount with an overpunched sign.
    static let places = [FeedFormat.FixedColumn("RO", 1, 6), .init("OP", 7, 4), .init("AMT", 11, 9), .init("NOTE", 20, 11)]
    static let text = "611001LOF 00000799E            611002BRKR00004150{NÚÑEZ A/C  611003BATT00002224}a\nb        "

    func mainframe(_ encoding: FeedFormat.Encoding, _ change: (inout FeedFormat) -> Void = { _ in }) -> FeedFormat {
        format {
            $0.kind = .fixed
            $0.encoding = encoding
            $0.recordBytes = 30
            $0.places = Self.places
            change(&$0)
        }
    }

    static let text30 = [
        "611001LOF 00000799E" + String(repeating: " ", count: 11), "611002BRKR00004150{NÚÑEZ A/C  ",
        "611003BATT00002224}a\u{85}\nb" + String(repeating: " ", count: 7),
    ]

    @Test("records without line ends are cut by their bytes, EBCDIC as well", arguments: [FeedFormat.Encoding.cp037, .cp500, .latin1])
    func records(encoding: FeedFormat.Encoding) throws {
        let bytes = encode(Self.text30.joined(), encoding)
        for (grouped, chunkBytes) in [(false, 1), (true, 7), (true, 1_000)] {
            let reading = try read(bytes, mainframe(encoding) { $0.groupBy = grouped ? ["RO"] : [] }, chunkBytes: chunkBytes)
            #expect(
                reading.cells == [
                    ["611001", "LOF", "00000799E", ""], ["611002", "BRKR", "00004150{", "NÚÑEZ A/C"], ["611003", "BATT", "00002224}", "a\u{85}\nb"],
                ])
            #expect(reading.rows.map(\.lines) == [1...1, 2...2, 3...3])
            #expect(reading.rows.map(\.byteOffset) == [0, 30, 60])
            #expect(reading.rows.map(\.raw) == [Array(bytes[0..<30]), Array(bytes[30..<60]), Array(bytes[60..<90])])
            #expect(reading.summary.bytes == 90)
        }
    }

    @Test("padding after the last record is no record, and a blank one is counted")
    func padding() throws {
        for padding in ["\n", "\r\n", "\u{1A}", "\u{0}\u{0}\u{0}", String(repeating: " ", count: 30) + "\n"] {
            let reading = try read(encode((Self.text30.joined() + padding), .cp037), mainframe(.cp037))
            #expect(reading.rows.count == 3)
            #expect(reading.quarantined.isEmpty)
            #expect(reading.summary.blankRows == (padding.utf8.count > 30 ? 1 : 0))
        }
    }

    @Test("a file that is no whole number of records is refused, before its first row where it is read twice")
    func brokenRecord() throws {
        let bytes = Array(encode(Self.text30.joined(), .cp037).dropLast(13))
        let refusal = FeedError.brokenRecord(bytes: 77, recordBytes: 30)
        #expect(refusal.description.contains("77 bytes, which is no whole number of records of 30 bytes"))
        #expect(throws: refusal) { try read(bytes, mainframe(.cp037)) }
        #expect(throws: refusal) {
            try FeedReader(format: mainframe(.cp037) { $0.groupBy = ["RO"] }, source: MemoryByteSource(bytes)).open()
        }
        #expect(throws: refusal) {
            try FeedReader(format: mainframe(.cp037), source: MemoryByteSource(bytes), onBytes: { _ in }).open()
        }
    }

    @Test("line ends at another distance than the records' length are told before the first row")
    func linesInstead() {
        let lines = String(repeating: "611001LOF 00000799E abcdefghij\n", count: 30)
        let error = #expect(throws: FeedError.self) { try read(Array(lines.utf8), mainframe(.utf8)) }
        #expect(
            error?.description == "expected records of 30 bytes, but every 31 bytes there is a line end; leave feed.record_bytes out, or set it to 31")
    }

    @Test("a packed number is read from its bytes, and one that is none quarantines its record")
    func packed() throws {
        let packed = mainframe(.cp037) {
            $0.recordBytes = 8
            $0.places = [.init("RO", 1, 4), .init("AMT", 5, 4, isPacked: true)]
        }
        let amounts: [[UInt8]] = [
            [0x00, 0x12, 0x34, 0x5C], [0x00, 0x41, 0x50, 0x0D], [0, 0, 0, 0x0F], [0x40, 0x40, 0x40, 0x40], [0x00, 0x1A, 0x00, 0x0C], [0x25, 0x15, 0x0D, 0x1D],
            [0, 0, 0x10, 0x01],
        ]
        let bytes = amounts.enumerated().flatMap { encode("610\($0.offset)", .cp037) + $0.element }
        for chunkBytes in [1, 3, 100] {
            let reading = try read(bytes, packed, chunkBytes: chunkBytes)
            #expect(reading.cells.map { $0[1] } == ["12345", "-41500", "0", "", ])
            #expect(reading.quarantined.map(\.code) == [.badNumber, .badNumber, .badNumber])
            #expect(reading.quarantined[0].reason == "a packed cell has bytes that are no digits or no sign: 'AMT'")
            #expect(reading.quarantined.map(\.rawBytes) == [Array(bytes[32..<40]), Array(bytes[40..<48]), Array(bytes[48..<56])])
            #expect(reading.rows.map(\.raw) == (0..<4).map { Array(bytes[$0 * 8..<$0 * 8 + 8]) })
        }
    }
}
