import Feeds
import Testing

@Suite("Encodings")
struct EncodingTests {
    static let text = "name,note\nNúñez,café\n\"Grün, T\",\"a\nb\"\nPeña,x\n"

    @Test("each encoding reads as the same text, with offsets and raw bytes of the file", arguments: FeedFormat.Encoding.allCases)
    func sameText(encoding: FeedFormat.Encoding) throws {
        let bytes = encode(Self.text, encoding)
        let reading = try read(bytes, format { $0.encoding = encoding })
        #expect(reading.cells == [["Núñez", "café"], ["Grün, T", "a\nb"], ["Peña", "x"]])
        let starts = ["Núñez,café", "\"Grün, T\",\"a\nb\"", "Peña,x"].map { encode($0, encoding == .utf16 ? .utf16LittleEndian : encoding) }
        for (row, raw) in zip(reading.rows, starts) {
            #expect(row.raw == raw)
            #expect(Array(bytes[row.byteOffset..<row.byteOffset + raw.count]) == raw)
        }
    }

    @Test("Windows-1252 has a euro sign and an apostrophe where Latin-1 has control characters")
    func windows1252() throws {
        let bytes = encode("name\nO’Brien €5\n", .windows1252)
        #expect(try read(bytes, format { $0.encoding = .windows1252 }).cells == [["O’Brien €5"]])
        #expect(try read(bytes, format { $0.encoding = .latin1 }).cells == [["O\u{92}Brien \u{80}5"]])
        #expect(try read(bytes, format { $0.encoding = .windows1252 }).rows.map(\.raw) == [Array(bytes[5..<15])])
    }

    @Test("characters beyond the basic plane pass through UTF-16")
    func surrogatePairs() throws {
        let bytes = encode("name\n🚗 wash\n", .utf16)
        let reading = try read(bytes, format { $0.encoding = .utf16 })
        #expect(reading.cells == [["🚗 wash"]])
        #expect(reading.rows.map(\.raw) == [encode("🚗 wash", .utf16LittleEndian)])
    }

    @Test("a byte order mark at the start is no part of the first column's name, but counts in offsets")
    func byteOrderMark() throws {
        let reading = try read([0xEF, 0xBB, 0xBF] + Array("\"a\",b\n1,2\n".utf8))
        #expect(reading.header.columns == ["a", "b"])
        #expect(reading.rows.map(\.byteOffset) == [9])
    }

    @Test("a row that is not UTF-8 is quarantined with the offset of the byte, and the others are read")
    func badRow() throws {
        let reading = try read(Array("a,b\n1,2\n3,".utf8) + [0xFA] + Array("\n5,é\n".utf8))
        #expect(reading.quarantined.map(\.code) == [.badEncoding])
        #expect(reading.quarantined.map(\.reason) == ["byte 10 of the file is not utf-8 text"])
        #expect(reading.quarantined.map(\.rawBytes) == [[0x33, 0x2C, 0xFA]])
        #expect(reading.cells == [["1", "2"], ["5", "é"]])
    }

    @Test("a fallback encoding reads the rows that are not UTF-8, and only those")
    func fallback() throws {
        let bytes = Array("a,b\nPeña,2\nN".utf8) + [0xFA, 0xF1] + Array("ez,\"x \"\"y\"\"\"\n".utf8)
        let reading = try read(bytes, format {
            $0.fallbackEncoding = .windows1252
            $0.groupBy = ["a"]
        })
        #expect(reading.cells == [["Peña", "2"], ["Núñez", "x \"y\""]])
        #expect(reading.groups.map(\.key) == ["Peña", "Núñez"])
        #expect(reading.summary.fallbackRows == 1)
        #expect(reading.rows[1].raw == Array(bytes[12..<27]))
    }

    @Test("a lone surrogate and an odd last byte quarantine their rows with the bytes they have in the file")
    func brokenUTF16() throws {
        let lone = encode("a\n1\n", .utf16) + [0x00, 0xD8] + encode("x\n2\n", .utf16LittleEndian) + [0x33, 0x00, 0x34]
        let reading = try read(lone, format { $0.encoding = .utf16 })
        #expect(reading.cells == [["1"], ["2"]])
        #expect(reading.quarantined.map(\.rawBytes) == [[0x00, 0xD8, 0x78, 0x00], [0x33, 0x00, 0x34]])
        #expect(reading.quarantined.map(\.place.byteOffset) == [10, 20])
    }

    @Test("a file in another encoding than pinned is refused before its first row, with what to set")
    func wrongEncoding() throws {
        let latin = Array(repeating: encode("Núñez,1\n", .latin1), count: 5).flatMap { $0 }
        let cases: [([UInt8], FeedFormat.Encoding, [String])] = [
            (encode(Self.text, .utf16), .utf8, ["utf-16le", "set feed.encoding = \"utf-16\""]),
            (encode(Self.text, .utf16LittleEndian), .utf8, ["looks like UTF-16", "set feed.encoding = \"utf-16le\""]),
            (encode(Self.text, .utf16BigEndian), .windows1252, ["set feed.encoding = \"utf-16be\""]),
            ([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), .windows1252, ["set feed.encoding = \"utf-8\""]),
            (Array(Self.text.utf8), .utf16, ["is not UTF-16"]),
            (encode("a,b\n", .latin1) + latin, .utf8, ["0xFA at byte 5", "set feed.encoding = \"windows-1252\""]),
            ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], .utf8, ["Excel workbook"]),
            ((0..<200).map { UInt8($0 % 7) }, .utf8, ["is binary"]),
            (Array(Self.text.utf8), .cp037, ["looks like ASCII text", "set feed.encoding = \"utf-8\""]),
            (encode(Self.text, .cp500), .utf8, ["looks like EBCDIC", "set feed.encoding = \"cp037\""]),
            (encode(Self.text, .cp037), .windows1252, ["looks like EBCDIC", "set feed.encoding = \"cp037\""]),
        ]
        for (bytes, encoding, words) in cases {
            let error = #expect(throws: FeedError.self) { try read(bytes, format { $0.encoding = encoding }) }
            for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
        }
    }

    @Test("EBCDIC lines end in NEL or LF, and raw bytes have the one that the file has", arguments: [UInt8(0x15), 0x25])
    func lineEndsOfEBCDIC(end: UInt8) throws {
        let bytes = encode(Self.text, .cp037).map { $0 == 0x25 ? end : $0 }
        for chunkBytes in [1, 1_000] {
            let reading = try read(bytes, format { $0.encoding = .cp037 }, chunkBytes: chunkBytes)
            #expect(reading.cells == [["Núñez", "café"], ["Grün, T", "a\nb"], ["Peña", "x"]])
            for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
        }
        let mixed = encode("a,b\n1,2", .cp037) + [0x15] + encode("3,4", .cp037) + [0x25] + encode("5,6\n", .cp037)
        #expect(try read(mixed, format { $0.encoding = .cp037 }).cells == [["1", "2"], ["3", "4"], ["5", "6"]])
    }

    @Test("every byte of EBCDIC is a character of its own", arguments: [FeedFormat.Encoding.cp037, .cp500])
    func allOfEBCDIC(encoding: FeedFormat.Encoding) throws {
        let bytes = encode("KEY1", encoding) + (0...UInt8.max).map { $0 }
        let reading = try read(bytes, format {
            $0.kind = .fixed
            $0.encoding = encoding
            $0.recordBytes = 260
            $0.places = [.init("KEY", 1, 4), .init("ALL", 5, 256)]
        })
        let all = try #require(reading.cells.first?.last)
        #expect(encode(all, encoding) == Array(bytes[5...]))
        #expect(reading.rows.first?.raw == bytes)
    }

    @Test("a few NULs in cells, or many at the end of the file, are no binary file")
    func someNULs() throws {
        let reading = try read("a,b\nNakagawa\u{0}\u{0},2\n" + String(repeating: "\u{0}", count: 500))
        #expect(reading.cells == [["Nakagawa\u{0}\u{0}", "2"]])
    }
}
