import Feeds
import Testing

@Suite("Splitting XML documents")
struct XMLSplittingTests {
    @Test("records are found by the last names of their path, whatever the prefix", arguments: ["RO", "List/RO", "/Export/List/RO", "x:List/x:RO"])
    func paths(path: String) throws {
        let reading = try xml("<Export><List><RO>1</RO>\n<s:RO a='2'/></List></Export>", path: path)
        #expect(reading.texts == ["<RO>1</RO>", "<s:RO a='2'/>"])
        #expect(reading.rows.map(\.lines) == [1...1, 2...2])
        #expect(reading.summary.rows == 2)
    }

    @Test("an element of that name elsewhere is no record")
    func elsewhere() throws {
        let text = "<Export><RO>0</RO><List><RO>1<RO>inside</RO></RO></List></Export>"
        #expect(try xml(text, path: "List/RO").texts == ["<RO>1<RO>inside</RO></RO>"])
        #expect(try xml(text, path: "/Export/RO").texts == ["<RO>0</RO>"])
        #expect(try xml(text, path: "RO").texts == ["<RO>0</RO>", "<RO>1<RO>inside</RO></RO>"])
    }

    @Test("a bracket in an attribute, a comment, a CDATA section or an instruction is no tag")
    func brackets() throws {
        let record = "<RO a='</RO>' b=\"x>y\"><!-- </RO> --><![CDATA[</RO>]]><?p </RO> ?><c/></RO>"
        let plain = record.replacing("'</RO>'", with: "'/RO>'")
        #expect(try xml("<a><!-- <RO>no</RO> --><![CDATA[<RO>no</RO>]]>\(plain)</a>").texts == [plain])
        // XML has no `<` in an attribute.
        #expect(try xml("<a>\(record)<RO>2</RO></a>").texts == ["<RO>2</RO>"])
    }

    @Test(
        "an unusual prolog doesn't stop it",
        arguments: [
            "<?ADF VERSION \"1.0\"?><?XML VERSION \"1.0\"?>", "\u{FEFF}\n\n", "  \r\n<?xml version='1.0'?>\n", "<?ADF VERSION \"1.0\">",
            "<!DOCTYPE a [<!-- it's --><!ENTITY x \"<RO>no</RO>\"><!ELEMENT RO (#PCDATA)>]>", "<!DOCTYPE a SYSTEM \"a>b.dtd\">",
            "<!-- > -->", "<! odd>", "\u{0}",
        ])
    func prolog(prolog: String) throws {
        let reading = try xml(prolog + "<a><RO>1</RO></a>")
        #expect(reading.texts == ["<RO>1</RO>"])
        #expect(reading.rows.map(\.byteOffset) == [prolog.utf8.count + 3])
    }

    @Test("documents one after another are read through")
    func severalRoots() throws {
        let one = "\u{FEFF}<?xml version='1.0'?>\n<a><RO>1</RO></a>\n\u{0}\u{1A}"
        let reading = try xml(one + one + "<RO>2</RO>")
        #expect(reading.texts == ["<RO>1</RO>", "<RO>1</RO>", "<RO>2</RO>"])
    }

    @Test("lines and bytes are those of the file in any encoding", arguments: [FeedFormat.Encoding.utf8, .utf16, .utf16BigEndian, .windows1252])
    func places(encoding: FeedFormat.Encoding) throws {
        let text = "<?xml version='1.0' encoding='other'?>\n<é>\n<RO>\nNúñez\n</RO>  <RO>x</RO>\n\n<RO\na='ü'/></é>"
        let bytes = encode(text, encoding)
        let reading = try read(bytes, format { ($0.kind, $0.path, $0.encoding) = (.xml, "RO", encoding) })
        #expect(reading.rows.map(\.lines) == [3...5, 5...5, 7...8])
        let records = ["<RO>\nNúñez\n</RO>", "<RO>x</RO>", "<RO\na='ü'/>"].map { encode($0, encoding == .utf16 ? .utf16LittleEndian : encoding) }
        #expect(reading.rows.map(\.raw) == records)
        for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
    }

    @Test(
        "a fault costs one record and not the rest",
        arguments: [
            ("<RO><x>2</y></RO>", "<RO><x>2</y></RO>"), ("<RO><x>2</RO>", "<RO><x>2</RO>"), ("<RO>2", "<RO>2"),
            ("<RO>2 < 3</RO>", "<RO>2 < 3</RO>"), ("<RO a='2>2</RO>", "<RO a='2>2</RO>"), ("<RO <x/></RO>", "<RO <x/></RO>"),
            ("<RO>2</RO", "<RO>2</RO"), ("<RO><!-- 2</RO>", "<RO><!-- 2</RO>"), ("<RX><x/>2</RO>", "<RX><x/>2</RO>"),
            ("?RO><x/>2</RO>", "?RO><x/>2</RO>"), ("<RO>2</RX>", "<RO>2</RX>"), ("</RO>", "</RO>"), ("<RO><![CDATA[2</RO>", "<RO><![CDATA[2</RO>"),
        ])
    func oneFault(fault: String, kept: String) throws {
        let before = "<a>\n<List>\n<RO>1</RO>\n", after = "\n<RO>3</RO>\n<RO>4</RO></List>\n</a>"
        for chunkBytes in [1, 1_000] {
            let reading = try read(Array((before + fault + after).utf8), format { ($0.kind, $0.path) = (.xml, "List/RO") }, chunkBytes: chunkBytes)
            #expect(reading.texts == ["<RO>1</RO>", "<RO>3</RO>", "<RO>4</RO>"])
            #expect(reading.setAside == [kept])
            #expect(reading.quarantined.map(\.code) == [.badRecord])
            #expect(reading.quarantined.map(\.place) == [RecordPlace(lineFrom: 4, lineTo: 4, byteOffset: before.utf8.count)])
            #expect(reading.summary.rows == 4)
        }
    }

    @Test("the first record may be the faulty one, and the last, whose list ends it")
    func faultAtTheEnds() throws {
        let first = try xml("<a><RX>1</RO><RO>2</RO></a>")
        #expect(first.texts == ["<RO>2</RO>"])
        #expect(first.setAside == ["<RX>1</RO>"])
        let last = try xml("<a><RO>1</RO><RO><x></a>")
        #expect(last.texts == ["<RO>1</RO>"])
        #expect(last.setAside == ["<RO><x>"])
    }

    @Test("a document cut inside a record has it set aside; one cut elsewhere is refused, and so is one cut in its prolog")
    func cutShort() throws {
        let cut = try xml("<a>\n<RO>1</RO>\n<RO><x>2</x>\n")
        #expect(cut.texts == ["<RO>1</RO>"])
        #expect(cut.setAside == ["<RO><x>2</x>"])
        for text in ["<a>\n<RO>1</RO>\n", "<a><RO>1</RO>\n</", "<a><RO>1</RO><!-- \n", "<a>\n<RO", "<a>\n<"] {
            #expect(throws: FeedError.cutShort(line: 2 + (text.hasSuffix("\n") && text.hasPrefix("<a>\n") ? 1 : 0))) { try xml(text) }
        }
    }

    @Test("a document without records is told by the elements that it has")
    func noRecords() throws {
        #expect(throws: FeedError.noRecords(path: "RO", found: "elements 'a', 'a/b', 'a/c', 'a/c/d'")) {
            try xml("<a><b/><b/><x:c><d>1</d></x:c></a>")
        }
        #expect(throws: FeedError.noRecords(path: "RO", found: "no element")) { try xml("{\"a\": 1}") }
    }

    @Test("a record that is too long is set aside with its beginning, and reading goes on")
    func hugeRecord() throws {
        let limits = FeedLimits.with { ($0.treeBytes, $0.keptRawBytes) = (200, 12) }
        for chunkBytes in [1, 64, 1 << 20] {
            let text = "<a><RO>1</RO>\n<RO>\(String(repeating: "<x>y</x>\n", count: 30_000))</RO><RO>3</RO></a>"
            let reading = try read(Array(text.utf8), format { ($0.kind, $0.path) = (.xml, "RO") }, chunkBytes: chunkBytes, limits: limits)
            #expect(reading.texts == ["<RO>1</RO>", "<RO>3</RO>"])
            #expect(reading.setAside == ["<RO><x>y</x>"])
            #expect(reading.quarantined.map(\.code) == [.rowTooLong])
            #expect(reading.quarantined.map(\.isTruncated) == [true])
            #expect(reading.rows.map(\.lines) == [1...1, 30_002...30_002])
            if chunkBytes == 1 { break }
        }
    }

    @Test("elements nested deeper than any record costs the record, around the records the file")
    func deepNesting() throws {
        let deep = String(repeating: "<x>", count: 5_000) + String(repeating: "</x>", count: 5_000)
        let reading = try xml("<a><RO>\(deep)</RO><RO>2</RO></a>")
        #expect(reading.texts == ["<RO>2</RO>"])
        #expect(reading.setAside == ["<RO>\(deep)</RO>"])
        #expect(throws: FeedError.notWhatItSays(expected: "an XML document", found: "is nested deeper than 200", line: 1)) { try xml(deep) }
    }

    @Test("an end tag that doesn't end is cut behind a whole character")
    func endlessTag() throws {
        let bytes = encode("<a><RO>1</RO></RO" + String(repeating: "字", count: 50), .utf16)
        for most in 20...24 {
            let reading = FeedReader(
                format: format { ($0.kind, $0.path, $0.encoding) = (.xml, "RO", .utf16) }, source: MemoryByteSource(bytes),
                limits: .with { $0.treeBytes = most })
            _ = try reading.open()
            _ = try reading.next()
            // The name goes on, so it is another element's.
            #expect(throws: FeedError.cutShort(line: 1)) { while try reading.next() != nil {} }
        }
        let spaced = encode("<RO>1</RO></RO " + String(repeating: "字", count: 50), .utf16)
        for most in 20...24 {
            let reading = try read(spaced, format { ($0.kind, $0.path, $0.encoding) = (.xml, "RO", .utf16) }, limits: .with { $0.treeBytes = most })
            for row in reading.quarantined {
                #expect(Array(spaced[row.place.byteOffset..<row.place.byteOffset + row.rawBytes.count]) == row.rawBytes)
            }
            #expect(reading.quarantined.count == 1)
        }
    }

    @Test("comments that are never closed don't make reading slow")
    func unclosedComments() throws {
        let text = "<a>" + String(repeating: "<RO><!-- <x>12345678</x></RO>\n", count: 100_000) + "</a>"
        let reading = try xml(text)
        #expect(reading.quarantined.count == 100_000)
    }

    @Test("what lies far from any record is passed without being kept")
    func longGap() throws {
        let parts = String(repeating: "<Part>1</Part>\n", count: 1_000)
        let limits = FeedLimits.with { $0.treeBytes = 500 }
        let reading = try xml("<a>\(parts)<RO>1</RO>\(parts)<RX>2</RO>\(parts)<RO>3</RO></a>", limits: limits)
        #expect(reading.texts == ["<RO>1</RO>", "<RO>3</RO>"])
        #expect(reading.setAside == ["</RO>"])
    }
}
