/// How much of anything a reader takes in before it puts the row aside or refuses the file.
public struct FeedLimits: Sendable, Equatable {
    /// The longest row, in bytes of UTF-8 text.
    public var rowBytes = 1 << 20
    /// The longest record of a JSON or XML file, in bytes of UTF-8 text.
    public var treeBytes = 8 << 20
    /// The longest quoted cell, in bytes, before its quote counts as unclosed.
    public var quotedCellBytes = 64 << 10
    /// The most line ends in a quoted cell before its quote counts as unclosed.
    public var quotedCellLines = 200
    /// The most cells in a row.
    public var columns = 4_096
    /// The most rows in a group.
    public var groupRows = 10_000
    /// The most bytes of text in a group.
    public var groupBytes = 16 << 20
    /// The most bytes held in groups that wait for their last row or for an earlier group.
    public var pendingBytes = 512 << 20
    /// The most bytes of text in records that others are joined with.
    public var joinedBytes = 256 << 20
    /// How many rows are searched for a header.
    public var headerSearchRows = 1_000
    /// How much of an over-long row is kept, in bytes.
    public var keptRawBytes = 64 << 10

    public init() {}
}
