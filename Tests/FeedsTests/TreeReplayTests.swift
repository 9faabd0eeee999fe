import Feeds
import Testing

@Suite("Reading kept records again")
struct TreeReplayTests {
    /// Reads a file, then each of its records alone, and compares.
    private func replay(_ bytes: [UInt8], _ format: FeedFormat) throws -> (before: Reading, after: Reading) {
        let before = try read(bytes, format)
        let records = before.rows.map { RawRecord(bytes: $0.raw, place: RecordPlace(lineFrom: $0.lines.lowerBound, lineTo: $0.lines.upperBound, byteOffset: $0.byteOffset)) }
            + before.quarantined.map { RawRecord(bytes: $0.rawBytes, place: $0.place) }
        return (before, try read(FeedReader(format: format, records: records)))
    }

    @Test("records of XML and JSON come out as they were, at the places they had", arguments: [FeedFormat.Encoding.utf8, .utf16, .utf16BigEndian, .windows1252])
    func trees(encoding: FeedFormat.Encoding) throws {
        for (text, kind, groupBy) in [
            ("<a>\n<RO><n>1</n>é</RO>\n<RO>\n<n>2</n></RO><RO><n>1</n></RO></a>", FeedFormat.Kind.xml, "n"), ("[{\"n\": 1},\n{\"n\": \"é\"}\n,{\"n\": 1}]", .json, "n"),
            ("{\"n\": 1}\n\n{\"n\": \"é\"}\n", .jsonLines, "n"),
        ] {
            for groups in [[], [groupBy]] {
                let (before, after) = try replay(encode(text, encoding), format { ($0.kind, $0.path, $0.encoding, $0.groupBy) = (kind, kind == .xml ? "RO" : "", encoding, groups) })
                #expect(after.items == before.items)
                #expect(after.summary.rows == before.summary.rows)
            }
        }
    }

    @Test("a record that was set aside is read alone, and told again if its key can't be")
    func setAside() throws {
        let place = RecordPlace(lineFrom: 9, lineTo: 12, byteOffset: 512)
        let format = format { ($0.kind, $0.path, $0.groupBy) = (.xml, "RO", ["n"]) }
        let reading = try read(FeedReader(format: format, records: [RawRecord(bytes: Array("<RO><n>1</RO>".utf8), place: place)]))
        #expect(reading.quarantined.map(\.place) == [place])
        #expect(reading.quarantined.map(\.code) == [.badRecord])
        let mended = try read(FeedReader(format: format, records: [RawRecord(bytes: Array("<RO><n>1</n></RO>".utf8), place: place)]))
        #expect(mended.rows.map(\.lines) == [9...12])
        #expect(mended.rows.map(\.byteOffset) == [512])
    }

    @Test("joined records are given with the repair orders")
    func joins() throws {
        let place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
        let reader = FeedReader(
            format: TreeJoinTests.format,
            records: [RawRecord(bytes: Array("<RO/>".utf8), place: place), RawRecord(bytes: Array("<Customer><No>4</No></Customer>".utf8), place: place, join: 0)])
        _ = try reader.open()
        #expect(reader.joined?.count(join: 0) == 1)
        #expect(reader.joined?.text(join: 0, key: "4".utf8) != nil)
    }
}
