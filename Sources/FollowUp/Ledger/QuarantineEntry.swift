/// A row of an export that became no repair order, with all that is needed to look at it and to replay it.
public struct QuarantineEntry: Sendable, Equatable {
    /// Which rule put the row aside, "unclosed_quote".
    public var code: String
    /// What is wrong, in plain words.
    public var reason: String
    /// The first and last physical line, from 1.
    public var lineFrom: Int
    public var lineTo: Int
    /// Bytes before the row in the file as it lies on disk.
    public var byteOffset: Int
    /// The row as it stands in the file, in the file's encoding, without its line end.
    public var rawBytes: [UInt8]
    /// True when the row was so long that only its beginning was kept.
    public var isTruncated: Bool
    /// Where the mapping refused the row, "mapping.lua:12"; nil when no mapping saw it.
    public var scriptLine: String?
    /// The code of the import, when a replay found another reason since; nil when it didn't.
    public var firstCode: String?

    public init(
        code: String, reason: String, lineFrom: Int, lineTo: Int, byteOffset: Int, rawBytes: [UInt8],
        isTruncated: Bool = false, scriptLine: String? = nil, firstCode: String? = nil
    ) {
        self.code = code
        self.reason = reason
        self.lineFrom = lineFrom
        self.lineTo = lineTo
        self.byteOffset = byteOffset
        self.rawBytes = rawBytes
        self.isTruncated = isTruncated
        self.scriptLine = scriptLine
        self.firstCode = firstCode
    }
}
