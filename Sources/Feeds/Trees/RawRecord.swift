/// A record as it stood in a file, kept so that it can be read again.
public struct RawRecord: Sendable, Equatable {
    /// In the file's encoding, without its line end.
    public let bytes: [UInt8]
    /// Where it stood.
    public let place: RecordPlace
    /// For a record that others are joined with, the place of its join in ``FeedFormat/joins``.
    public let join: Int?

    public init(bytes: [UInt8], place: RecordPlace, join: Int? = nil) {
        self.bytes = bytes
        self.place = place
        self.join = join
    }
}

/// Hands out records that were kept.
final class RawRecordSplitter: TreeSplitter {
    private(set) var place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
    private(set) var oddByte: UInt8 = 0
    let truncated: [UInt8]? = nil
    let whatIsThere = "none to read again"
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(decoded) }

    private var records: ArraySlice<RawRecord>
    private let encoding: TextEncoding
    private var decoded: UnsafeMutableBufferPointer<UInt8>

    init(_ records: [RawRecord], encoding: TextEncoding) {
        self.records = records[...]
        self.encoding = encoding
        decoded = .allocate(capacity: 0)
    }

    deinit {
        decoded.deallocate()
    }

    func next() throws -> FoundTree {
        guard let record = records.popFirst() else { return .end }
        place = record.place
        decoded.deallocate()
        let output = UnsafeMutablePointer<UInt8>.allocate(capacity: TextDecoder.capacity(forRaw: record.bytes.count))
        var decoder = TextDecoder(encoding: encoding)
        var count = record.bytes.isEmpty ? 0 : record.bytes.withUnsafeBytes { decoder.decode($0, to: output) }
        count += decoder.finish(to: output + count)
        oddByte = decoder.oddByte
        decoded = UnsafeMutableBufferPointer(start: output, count: count)
        return .record(join: record.join)
    }
}
