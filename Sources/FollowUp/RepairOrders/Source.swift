/// Where in which file a repair order was read. The host adds it; no script does.
public struct Source: Sendable, Equatable {
    /// The file's name without its folder.
    public var file: String
    /// Hexadecimal SHA-256 of the file's bytes.
    public var sha256: String
    /// The instant that the file speaks of: of two records with equal revisions the one of the later file holds.
    /// Nil when nobody knows.
    public var stampedAt: Timestamp?
    /// The first and last physical line, from 1.
    public var lineFrom: Int
    public var lineTo: Int
    /// Bytes before the first row in the file as it lies on disk.
    public var byteOffset: Int

    public init(file: String, sha256: String, stampedAt: Timestamp? = nil, lineFrom: Int, lineTo: Int, byteOffset: Int) {
        self.file = file
        self.sha256 = sha256
        self.stampedAt = stampedAt
        self.lineFrom = lineFrom
        self.lineTo = lineTo
        self.byteOffset = byteOffset
    }
}
