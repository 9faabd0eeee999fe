/// Reads an export into groups of raw records, in flat memory whatever the size of the file.
///
/// A grouped feed is read twice: once to learn where each repair order's last row is, and once to hand a group out as soon as
/// that row has come. So is one with joins: once to gather the records that repair orders are joined with. Groups come in the order of their first rows. Rows that can't be read come in between, quarantined.
///
/// ```swift
/// let reader = FeedReader(format: format, source: try FileByteSource(path: path))
/// let header = try reader.open()
/// while let record = try reader.next() {
///     switch record {
///     case .group(let group): ...
///     case .quarantined(let row): ...
///     }
/// }
/// ```
public final class FeedReader {
    public let format: FeedFormat
    public let limits: FeedLimits
    /// What was seen so far; complete once ``next()`` has returned nil.
    public var summary: FeedSummary { groups?.summary ?? FeedSummary() }

    /// The kinds of record and their columns, once ``open()`` has returned; none when records are trees.
    public private(set) var kinds: [FeedColumns] = []

    /// The records that repair orders are joined with, once ``open()`` has returned; nil when the format has no joins.
    public private(set) var joined: JoinedRecords?

    private let source: any ByteSource
    private let kept: [RawRecord]?
    private let onBytes: ((UnsafeRawBufferPointer) -> Void)?
    private var groups: GroupReader?

    /// - Parameter onBytes: sees every byte of the file once and in order before ``open()`` returns, for a checksum.
    public init(
        format: FeedFormat, source: any ByteSource, limits: FeedLimits = FeedLimits(),
        onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
    ) {
        self.format = format
        self.source = source
        self.limits = limits
        self.onBytes = onBytes
        kept = nil
    }

    /// Reads trees that were kept from a file, as quarantined ones are, each with the place that it had there.
    ///
    /// They must be in the file's encoding, and whole: one of which only the beginning was kept can't be read again. The records
    /// that a repair order is joined with have to be among them.
    public init(format: FeedFormat, records: [RawRecord], limits: FeedLimits = FeedLimits()) {
        precondition(format.kind.isTree, "rows are read behind their header, as a file")
        self.format = format
        self.limits = limits
        source = MemoryByteSource(records.flatMap(\.bytes))
        onBytes = nil
        kept = records
    }

    /// Looks the file over and finds its header; reads a grouped feed through for the first time.
    ///
    /// - Throws: ``FeedError`` when the file is not what the format says, ``FeedFormatError`` when the format isn't one.
    public func open() throws -> FeedHeader {
        precondition(groups == nil, "a feed reader opens its source once")
        try format.validate()
        let head = try readHead()
        let (encoding, markLength) = try EncodingCheck(format: format, head: head).settle()
        try LayoutCheck(format: format, encoding: encoding, head: head[markLength...]).refuse()
        let rest = head.dropFirst(markLength)
        var grouping = format.begins == nil ? GroupReader.Grouping.alone : .byBeginning
        var fileBytes: Int?
        if !format.groupBy.isEmpty || !format.joins.isEmpty {
            let input = RawInput(source: source, head: rest, bytesBefore: markLength, onBytes: onBytes)
            let rows = try scan(records(encoding, input))
            if !format.groupBy.isEmpty { grouping = .byKey(rows) }
            fileBytes = input.bytes
        } else if onBytes != nil {
            fileBytes = try drain(after: head, markLength: markLength)
        }
        if fileBytes != nil {
            try source.rewind()
        }
        let beginning = fileBytes == nil ? head : try readHead(isFirstReading: false)
        guard beginning == head else { throw FeedError.changedWhileReading }
        let input = RawInput(source: source, head: rest, bytesBefore: markLength, onBytes: nil)
        let records = records(encoding, input)
        try records.open()
        groups = GroupReader(records: records, input: input, limits: limits, grouping: grouping, fileBytes: fileBytes)
        kinds = records.kinds
        return kinds.first?.header ?? FeedHeader(cells: [], line: nil, rawBytes: [])
    }

    private func records(_ encoding: TextEncoding, _ input: RawInput) -> any RecordReader {
        if let kept { return TreeReader(format: format, encoding: encoding, splitter: RawRecordSplitter(kept, encoding: encoding)) }
        return switch format.kind {
        case .csv, .fixed: RowReader(format: format, limits: limits, encoding: encoding, input: input)
        case .json, .jsonLines, .xml: TreeReader(format: format, limits: limits, encoding: encoding, input: input)
        }
    }

    /// Returns the next group or quarantined row, nil at the end.
    ///
    /// - Throws: ``FeedError`` when the file changed since it was opened, when its groups lie too far apart, or when it can't
    ///   be read.
    public func next() throws -> FeedRecord? {
        guard let groups else { preconditionFailure("open() comes before next()") }
        return try groups.next()
    }

    // MARK: First reading

    /// Reads the beginning of the file, however small the chunks that the source hands out.
    private func readHead(isFirstReading: Bool = true) throws -> [UInt8] {
        var head = [UInt8](repeating: 0, count: EncodingCheck.headBytes)
        var count = 0
        while count < head.count {
            let more = try head.withUnsafeMutableBytes { bytes in
                try RawInput.take(
                    from: source, into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]),
                    onBytes: isFirstReading ? onBytes : nil)
            }
            if more == 0 { break }
            count += more
        }
        head.removeLast(head.count - count)
        return head
    }

    /// Reads the rest of the file for its bytes alone and returns the file's length.
    private func drain(after head: [UInt8], markLength: Int) throws -> Int {
        var lengths = format.recordBytes.map { RecordLengthCheck(recordBytes: $0, isEBCDIC: format.encoding.isEBCDIC) }
        head[markLength...].withUnsafeBytes { lengths?.see($0) }
        var chunk = [UInt8](repeating: 0, count: EncodingCheck.headBytes)
        var total = head.count
        while true {
            let more = try chunk.withUnsafeMutableBytes { bytes in
                let more = try RawInput.take(from: source, into: bytes, onBytes: onBytes)
                lengths?.see(UnsafeRawBufferPointer(rebasing: bytes[0..<more]))
                return more
            }
            total += more
            if more > 0 { continue }
            try lengths?.refuse()
            return total
        }
    }

    private func scan(_ records: any RecordReader) throws -> RowSet {
        var collector = JoinedRecords.Collector(joins: format.joins.count, limits: limits)
        (records as? TreeReader)?.onJoined = { join, key, text in try collector.add(join: join, key: key, text: text) }
        defer { if !format.joins.isEmpty { joined = JoinedRecords(collector) } }
        try records.open()
        var table = LastRowTable()
        var row = 0
        while true {
            switch try records.next() {
            case .end: return table.lastRows(of: row)
            case .bad: break
            case .data: records.withKey { key in if let key { table.note(tag: LastRowTable.tag(of: key), row: row) } }
            }
            row += 1
            if row > LastRowTable.mostRows { throw FeedError.tooManyRows(limit: LastRowTable.mostRows) }
        }
    }
}
