/// Sees the bytes of a file of records of one length go by, and refuses it when it doesn't end where a record does.
struct RecordLengthCheck {
    private let recordBytes: Int
    private let padding: Set<UInt8>
    private var bytes = 0
    /// How many of the last bytes may be padding.
    private var trailing = 0

    init(recordBytes: Int, isEBCDIC: Bool) {
        self.recordBytes = recordBytes
        padding = isEBCDIC ? [0, 0x0D, 0x15, 0x25, 0x3F] : [0, 0x0A, 0x0D, 0x1A]
    }

    mutating func see(_ more: UnsafeRawBufferPointer) {
        let end = more.lastIndex { !padding.contains($0) }
        trailing = end.map { more.count - 1 - $0 } ?? trailing + more.count
        bytes += more.count
    }

    /// - Throws: ``FeedError/brokenRecord(bytes:recordBytes:)``.
    func refuse() throws {
        if bytes % recordBytes > trailing { throw FeedError.brokenRecord(bytes: bytes, recordBytes: recordBytes) }
    }
}
