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

/// Records of rows as a file of their own, and where each stood before.
struct RawRecordFile {
    private(set) var bytes: [UInt8] = []
    private var starts: [Int] = []
    private let records: [RawRecord]

    /// - Parameter header: the header as it stood in the file, empty when it had none.
    init(_ records: [RawRecord], header: [UInt8], format: FeedFormat) {
        self.records = records
        let isBigEndian = format.encoding == .utf16BigEndian || format.encoding == .utf16 && Self.isBigEndian(header + records.flatMap(\.bytes))
        let lineEnd: [UInt8] =
            switch format.encoding {
            case .utf8, .windows1252, .latin1: [0x0A]
            case .utf16, .utf16LittleEndian, .utf16BigEndian: isBigEndian ? [0, 0x0A] : [0x0A, 0]
            case .cp037, .cp500: [0x25]
            }
        // The order of bytes can't be told from one row as well as from a file.
        if format.encoding == .utf16 { bytes = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE] }
        if !header.isEmpty { bytes += header + lineEnd }
        for record in records {
            starts.append(bytes.count)
            bytes += record.bytes
            if format.recordBytes == nil { bytes += lineEnd }
        }
    }

    private static func isBigEndian(_ bytes: [UInt8]) -> Bool {
        var even = 0, odd = 0
        for (place, byte) in bytes.enumerated() where byte == 0 {
            if place % 2 == 0 { even += 1 } else { odd += 1 }
        }
        return even > odd
    }

    /// Where what now stands at a place stood before.
    func original(of place: RecordPlace) -> RecordPlace {
        var low = 0, high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place.byteOffset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? place : records[low - 1].place
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
