import Feeds
import Testing

@Suite("Splitting JSON documents and lines")
struct JSONSplittingTests {
    private func json(_ text: String, path: String = "", limits: FeedLimits = FeedLimits(), chunkBytes: Int = Int.max) throws -> Reading {
        try read(Array(text.utf8), format { ($0.kind, $0.path) = (.json, path) }, chunkBytes: chunkBytes, limits: limits)
    }

    private func lines(_ text: String, limits: FeedLimits = FeedLimits()) throws -> Reading {
        try read(Array(text.utf8), format { $0.kind = .jsonLines }, limits: limits)
    }

    @Test("records are found in the array that the path leads to, and in no other")
    func paths() throws {
        let text = "{\"n\": [1, {\"ro\": [{\"x\": 0}]}], \"data\": {\"ro\": [{\"a\": 1}, {\"b\": [[{}]]}\n,\n{\"c\": \"]}\"}]}, \"ro\": []}"
        let reading = try json(text, path: "data.ro")
        #expect(reading.texts == ["{\"a\": 1}", "{\"b\": [[{}]]}", "{\"c\": \"]}\"}"])
        #expect(reading.rows.map(\.lines) == [1...1, 1...1, 3...3])
    }

    @Test("a document that is an array, or one record, or several records one after another", arguments: ["[{\"a\":1}, {\"a\":2}]", "{\"a\":1} {\"a\":2}", "{\"a\":1}\n\n[{\"a\":2}]\n"])
    func documentItself(text: String) throws {
        #expect(try json(text).texts == ["{\"a\":1}", "{\"a\":2}"])
    }

    @Test("arrays lie inside a list of lists only where they are records")
    func nestedArrays() throws {
        #expect(try json("{\"a\": [[1, 2], [3]]}", path: "a").texts == ["[1, 2]", "[3]"])
    }

    @Test("escaped quotes and brackets in texts are no ends, wherever chunks end", arguments: [1, 2, 3, 64])
    func escapes(chunkBytes: Int) throws {
        let records = [#"{"a":"\"}{","b":"\\"}"#, #"{"a":"\\\"]","c":"\u0000é"}"#]
        let reading = try json("[" + records.joined(separator: ",\n") + "]", chunkBytes: chunkBytes)
        #expect(reading.texts == records)
        #expect(reading.rows.map(\.byteOffset) == [1, 3 + records[0].utf8.count])
    }

    @Test("lines and bytes are those of the file in any encoding", arguments: [FeedFormat.Encoding.utf8, .utf16, .utf16BigEndian, .windows1252])
    func places(encoding: FeedFormat.Encoding) throws {
        let bytes = encode("[\n{\"ñ\":\n\"ü\"}, {\"a\": 1}\n]\n", encoding)
        let reading = try read(bytes, format { ($0.kind, $0.encoding) = (.json, encoding) })
        #expect(reading.rows.map(\.lines) == [2...3, 3...3])
        for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
    }

    @Test("filler around the document is passed: a byte order mark, blanks, NULs and Ctrl-Z at the end")
    func filler() throws {
        #expect(try json("\u{FEFF} \n[{\"a\":1}]\u{0}\u{0}\u{1A}").texts == ["{\"a\":1}"])
    }

    @Test(
        "a fault costs one record and not the rest",
        arguments: ["{\"a\": \"2}", "{\"a\": 2\", \"b\": 3}", "{\"a\": [2}", "{\"a\": 2]", "{\"a\" \u{1} 2}", "{\"a\": #}", "{\"a\": \"x\"\"}", "{\"a\": 2"])
    func oneFault(fault: String) throws {
        for chunkBytes in [1, 1_000] {
            let reading = try json("[{\"a\": 1},\n\(fault),\n{\"a\": \"3\"},\n{\"a\": \"4\"}]", chunkBytes: chunkBytes)
            #expect(reading.texts == ["{\"a\": 1}", "{\"a\": \"3\"}", "{\"a\": \"4\"}"])
            #expect(reading.setAside == [fault])
            #expect(reading.quarantined.map(\.place) == [RecordPlace(lineFrom: 2, lineTo: 2, byteOffset: 11)])
        }
    }

    @Test("a document cut inside a record has it set aside, one cut elsewhere is refused")
    func cutShort() throws {
        let cut = try json("[{\"a\": 1}, {\"a\": \"2")
        #expect(cut.texts == ["{\"a\": 1}"])
        #expect(cut.setAside == ["{\"a\": \"2"])
        #expect(throws: FeedError.cutShort(line: 2)) { try json("[{\"a\": 1},\n") }
        #expect(throws: FeedError.cutShort(line: 1)) { try json("{\"data\": [", path: "data") }
    }

    @Test("a document without the array is told by the arrays that it has")
    func noRecords() throws {
        #expect(throws: FeedError.noRecords(path: "ro", found: "arrays at 'a', 'b.c'")) { try json("{\"a\": [], \"b\": {\"c\": [1]}}", path: "ro") }
        #expect(throws: FeedError.noRecords(path: "ro", found: "no array")) { try json("{\"a\": 1}", path: "ro") }
    }

    @Test("nesting deeper than any record costs the record")
    func deepNesting() throws {
        let deep = "{\"a\": \(String(repeating: "[", count: 5_000))\(String(repeating: "]", count: 5_000))}"
        let reading = try json("[{\"a\": 1}, \(deep), {\"a\": 3}]")
        #expect(reading.texts == ["{\"a\": 1}", "{\"a\": 3}"])
        #expect(reading.setAside == [deep])
    }

    @Test("a record that is too long is set aside with its beginning, and reading goes on", arguments: [64, 1 << 20])
    func hugeRecord(chunkBytes: Int) throws {
        let limits = FeedLimits.with { ($0.treeBytes, $0.keptRawBytes) = (200, 9) }
        let text = "[{\"a\": 1}, {\"a\": \"\(String(repeating: "x\n", count: 100_000))\"},\n{\"a\": 3}]"
        let reading = try json(text, limits: limits, chunkBytes: chunkBytes)
        #expect(reading.texts == ["{\"a\": 1}", "{\"a\": 3}"])
        #expect(reading.setAside == ["{\"a\": \"xx".replacing("xx", with: "x\n")])
        #expect(reading.quarantined.map(\.isTruncated) == [true])
        #expect(reading.rows.map(\.lines) == [1...1, 100_002...100_002])
    }

    @Test("lines: blank ones, marks and what pads the end are passed, and the last needs no end")
    func jsonLines() throws {
        let reading = try lines("\u{FEFF}{\"a\":1}\r\n\n  \n\u{FEFF}{\"a\":2} \n{\"a\":3}\n\u{0}\u{0}")
        #expect(reading.texts == ["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"])
        #expect(reading.rows.map(\.lines) == [1...1, 4...4, 5...5])
    }

    @Test("a line that is too long is set aside with its beginning, and reading goes on")
    func longLine() throws {
        let limits = FeedLimits.with { ($0.treeBytes, $0.keptRawBytes) = (100, 4) }
        let reading = try lines("1\n\(String(repeating: "x", count: 300_000))\n3\n", limits: limits)
        #expect(reading.texts == ["1", "3"])
        #expect(reading.setAside == ["xxxx"])
        #expect(reading.rows.map(\.lines) == [1...1, 3...3])
    }

    @Test("the sample of lines has its repair orders, each of them well-formed, in any chunks", arguments: [1, 7, 4_096, 1 << 20])
    func sample(chunkBytes: Int) throws {
        let bytes = try fixture("05_tekion_repair_orders.jsonl")
        let reading = try read(bytes, format { $0.kind = .jsonLines }, chunkBytes: chunkBytes)
        #expect(reading.rows.count == bytes.split(separator: 0x0A).count { $0.contains { $0 > 0x20 } })
        let tree = RecordTree()
        for row in reading.rows {
            #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw)
            try row.raw.withUnsafeBytes { bytes in try tree.parse(bytes, as: .jsonLines) }
        }
    }

    @Test("a value keeps its kind; names and texts are read with their escapes")
    func parsing() throws {
        #expect(
            try outline(#"{"a":null,"b":[true,false,-7,1.5,"x\u0000\n\ud83d\ude97"],"\u00e9":{}}"#, .json)
                == "{a:null b:[true false -7 1.5 'x\u{0}\n🚗'] é:{}}")
        let error = #expect(throws: RecordTree.Malformed.self) { try outline("{\"a\":tru}", .json) }
        #expect(error?.description == "has a word other than true, false and null")
    }
}
