/// A row that could not be read, kept so that it can be looked at and replayed.
public struct QuarantinedRow: Sendable, Equatable {
    public let code: QuarantineCode
    /// What is wrong with this very row, in plain words and without its contents.
    public let reason: String
    public let place: RecordPlace
    /// The row as it stands in the file, in the file's encoding, without its line end.
    public let rawBytes: [UInt8]
    /// True when the row was so long that only its beginning was kept.
    public let isTruncated: Bool
}
