import Feeds
import Testing

@Suite("Joins")
struct TreeJoinTests {
    static let format = FeedsTests.format {
        ($0.kind, $0.path) = (.xml, "RO")
        $0.joins = [FeedFormat.Join(name: "customer", path: "Customers/Customer", key: "No", with: "Key")]
    }

    static let text = """
        <a><Customers><x:Customer><No>1</No><Name>Ñ</Name></x:Customer><Customer><No>2</No></Customer></Customers>
        <RO><Key>1</Key><Customer>inside</Customer></RO><Customers><Customer><No> 2 </No>again</Customer></Customers><RO/></a>
        """

    private func open(_ text: String, _ format: FeedFormat = format, limits: FeedLimits = FeedLimits()) throws -> (JoinedRecords, Reading) {
        let bytes = Array(text.utf8)
        let reader = FeedReader(format: format, source: MemoryByteSource(bytes), limits: limits)
        _ = try reader.open()
        return (try #require(reader.joined), try read(bytes, format, limits: limits))
    }

    @Test("joined records are gathered before the first repair order, wherever they lie; of two with one key the last counts")
    func gathered() throws {
        let (joined, reading) = try open(Self.text)
        #expect(joined.count(join: 0) == 2)
        #expect(joined.text(join: 0, key: "1".utf8) == Array("<x:Customer><No>1</No><Name>Ñ</Name></x:Customer>".utf8))
        #expect(joined.text(join: 0, key: " 2".utf8) == Array("<Customer><No> 2 </No>again</Customer>".utf8))
        #expect(joined.text(join: 0, key: "3".utf8) == nil)
        #expect(reading.rows.count == 2)
        #expect(reading.summary.rows == 2)
    }

    @Test("a joined record that is malformed or has no key is quarantined as a row is", arguments: [[], ["Key"]])
    func faulty(groupBy: [String]) throws {
        let text = "<a><Customers><Customer><No/></Customer><Customer><b></Customer><Customer><No>1</No>&#0;</Customer></Customers><RO><Key>7</Key></RO></a>"
        var format = Self.format
        format.groupBy = groupBy
        let (joined, reading) = try open(text, format)
        #expect(joined.count(join: 0) == 0)
        #expect(reading.quarantined.map(\.code) == [.noJoinKey, .badRecord, .badRecord])
        #expect(
            reading.quarantined.map(\.reason) == [
                "the record that repair orders are joined with has no key: 'No'", "the record is not well-formed",
                "the record has a reference to a character that XML doesn't allow (line 1 of it)",
            ])
        #expect(reading.summary.rows == 4)
        #expect(reading.rows.count == 1)
    }

    @Test("JSON joins arrays of the same document, by text or number")
    func json() throws {
        let format = FeedsTests.format {
            ($0.kind, $0.path, $0.groupBy) = (.json, "ro", ["n"])
            $0.joins = [FeedFormat.Join(name: "customer", path: "people.list", key: "id", with: "customer.id")]
        }
        let (joined, reading) = try open(
            "{\"ro\": [{\"n\": 1, \"customer\": {\"id\": \"7\"}}, {\"n\": 1}], \"people\": {\"list\": [{\"id\": 7}, {\"id\": \"8\"}, {}]}}", format)
        #expect(joined.text(join: 0, key: "7".utf8) == Array("{\"id\": 7}".utf8))
        #expect(joined.count(join: 0) == 2)
        #expect(reading.groups.map(\.key) == ["1"])
        #expect(reading.rows.count == 2)
        #expect(reading.quarantined.map(\.code) == [.noJoinKey])
        #expect(reading.summary.rows == 3)
    }

    @Test("more to join than can be held is an error that says what to do")
    func tooMuch() throws {
        let error = #expect(throws: FeedError.self) { try open(Self.text, limits: .with { $0.joinedBytes = 60 }) }
        #expect(error == .tooMuchToJoin(limit: 60))
        #expect(error?.description.contains("split the export") == true)
    }

    @Test("every repair order of the sample finds its customer, in any chunks", arguments: [7, 1 << 20])
    func sample(chunkBytes: Int) throws {
        let format = FeedsTests.format {
            ($0.kind, $0.path) = (.xml, "ClosedRepairOrder")
            $0.joins = [FeedFormat.Join(name: "customer", path: "Customer", key: "CustomerNumber", with: "CustomerKey")]
        }
        let reader = FeedReader(format: format, source: MemoryByteSource(try fixture("03_dealertrack_closed_ro.xml"), chunkBytes: chunkBytes))
        _ = try reader.open()
        let joined = try #require(reader.joined)
        let tree = RecordTree()
        var found = 0
        while let record = try reader.next() {
            guard case .group(let group) = record else { throw Missing() }
            try group[0].withText { try tree.parse($0, as: .xml) }
            let key = try #require(tree.text(at: TreePath("CustomerKey", in: .xml)))
            try joined.withText(join: 0, key: key) { text in
                if let text { try tree.parse(text, as: .xml) }
            }
            if tree.name(0).elementsEqual("Customer".utf8) { found += 1 }
        }
        #expect(found == 36)
    }
}
