/// An export as an import knows it.
public struct ImportedFile: Sendable, Equatable {
    /// Its name without its folder.
    public var name: String
    /// Hexadecimal SHA-256 of its bytes.
    public var sha256: String
    /// The instant that the file speaks of; nil when nobody knows.
    public var stampedAt: Timestamp?
    /// The header as it stands in the file, with which quarantined rows are read again: empty when the file has none, nil
    /// when it was not kept.
    public var header: [UInt8]?

    public init(name: String, sha256: String, stampedAt: Timestamp? = nil, header: [UInt8]? = nil) {
        self.name = name
        self.sha256 = sha256
        self.stampedAt = stampedAt
        self.header = header
    }
}
