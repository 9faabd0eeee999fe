import Feeds
import Testing

@Suite("Grouping rows by repair order")
struct GroupingTests {
    let byRO = format { $0.groupBy = ["RO"] }

    @Test("interleaved rows come together, groups in the order of their first rows")
    func interleaved() throws {
        let reading = try read("RO,n\nA,1\nB,2\nA,3\nC,4\nB,5\nA,6\n", byRO)
        #expect(reading.groups.map(\.key) == ["A", "B", "C"])
        #expect(reading.groups.map { $0.rows.map { $0.cells[1] } } == [["1", "3", "6"], ["2", "5"], ["4"]])
        #expect(reading.groups[0].rows.map(\.lines) == [2...2, 4...4, 7...7])
        #expect(reading.summary.groups == 3)
        #expect(reading.summary.rows == 6)
    }

    @Test("a group comes as soon as its last row was read, not at the end of the file")
    func promptly() throws {
        let source = CountingSource(Array("RO,n\nA,1\nA,2\n".utf8) + Array(String(repeating: "B,x\n", count: 300_000).utf8))
        var limits = FeedLimits()
        limits.groupRows = 1_000_000
        let reader = FeedReader(format: byRO, source: source, limits: limits)
        _ = try reader.open()
        guard case .group(let first)? = try reader.next() else { throw Missing() }
        #expect(first.key == "A")
        #expect(source.position < 600_000)
    }

    @Test("several columns make one key")
    func severalColumns() throws {
        let reading = try read("store,RO\n1,7\n2,7\n1,7\n", format { $0.groupBy = ["store", "RO"] })
        #expect(reading.groups.map(\.key) == ["1\u{1F}7", "2\u{1F}7"])
        #expect(reading.groups.map(\.rows.count) == [2, 1])
    }

    @Test("a row whose key is blank or missing is quarantined")
    func blankKey() throws {
        let reading = try read("n,RO\n1,A\n2, \n3\n4,A\n", byRO)
        #expect(reading.quarantined.map(\.code) == [.noGroupKey, .noGroupKey])
        #expect(reading.quarantined.map(\.place.lineFrom) == [3, 4])
        #expect(reading.groups.map(\.rows.count) == [2])
    }

    @Test("rows over the limit of a group are quarantined")
    func tooManyRows() throws {
        var limits = FeedLimits()
        limits.groupRows = 2
        let reading = try read("RO,n\nA,1\nA,2\nA,3\nB,4\n", byRO, limits: limits)
        #expect(reading.quarantined.map(\.code) == [.groupTooLarge])
        #expect(reading.groups.map(\.rows.count) == [2, 1])
    }

    @Test("groups too far apart to hold are an error that says to sort the export")
    func tooFarApart() {
        var limits = FeedLimits()
        limits.pendingBytes = 2_000
        let text = "RO,n\nA,1\n" + (0..<100).map { "\($0),x\n" }.joined() + "A,2\n"
        let error = #expect(throws: FeedError.groupsTooFarApart(limit: 2_000)) { try read(text, byRO, limits: limits) }
        #expect(error?.description.contains("sort the export") == true)
    }

    @Test("a file that changes between its two readings is an error")
    func changed() throws {
        let source = ChangingSource(first: Array("RO\nA\nB\n".utf8), second: Array("RO\nA\nB\nC\n".utf8))
        #expect(throws: FeedError.changedWhileReading) {
            let reader = FeedReader(format: byRO, source: source)
            _ = try reader.open()
            while try reader.next() != nil {}
        }
    }

    @Test("a group that is kept stays as it was while reading goes on")
    func keptGroups() throws {
        let rows = (0..<500).map { "\($0),v\($0)" }
        let reader = FeedReader(format: byRO, source: MemoryByteSource(Array(("RO,v\n" + rows.joined(separator: "\n")).utf8)))
        _ = try reader.open()
        var kept: [FeedGroup] = []
        while let record = try reader.next() {
            if case .group(let group) = record, kept.count < 10 || group.key.hasSuffix("7") { kept.append(group) }
        }
        for group in kept { #expect(group[0][1] == "v\(group.key)") }
    }

    @Test("every byte is seen once, in order and before the first row, grouped or not", arguments: [[], ["RO"]])
    func bytesSeen(groupBy: [String]) throws {
        let bytes = [0xEF, 0xBB, 0xBF] + Array(("RO,n\n" + String(repeating: "A,1\n", count: 40_000)).utf8)
        var seen: [UInt8] = []
        var limits = FeedLimits()
        limits.groupRows = 100_000
        let reader = FeedReader(
            format: format { $0.groupBy = groupBy }, source: MemoryByteSource(bytes, chunkBytes: 1_000), limits: limits,
            onBytes: { seen.append(contentsOf: $0) })
        _ = try reader.open()
        #expect(seen == bytes)
        while try reader.next() != nil {}
        #expect(seen.count == bytes.count)
        #expect(reader.summary.bytes == bytes.count)
    }
}

/// Says how far it was read.
final class CountingSource: ByteSource {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }

    func rewind() {
        position = 0
    }
}

/// Has other bytes the second time.
final class ChangingSource: ByteSource {
    private var current: CountingSource
    private let second: [UInt8]

    init(first: [UInt8], second: [UInt8]) {
        current = CountingSource(first)
        self.second = second
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        current.read(into: buffer)
    }

    func rewind() {
        current = CountingSource(second)
    }
}
