/// One raw record of an export, before mapping. Cells are UTF-8, counted from 0.
public struct FeedRow {
    @usableFromInline let group: FeedGroup
    @usableFromInline let position: Int

    @inlinable
    init(group: FeedGroup, position: Int) {
        self.group = group
        self.position = position
    }

    /// How many cells the row has; a ragged row has fewer or more than the header.
    @inlinable
    public var cellCount: Int { group.rows[position].cellCount }

    public var place: RecordPlace { group.rows[position].place }

    /// Which of the feed's kinds of record it is, counted from 0.
    public var kind: Int { group.rows[position].kind }

    /// Calls `body` with the whole record as UTF-8 text, as a tree is parsed from. It must not escape.
    public func withText<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let row = group.rows[position]
        return try body(UnsafeRawBufferPointer(start: group.bytes + row.textOffset, count: row.textCount))
    }

    /// True when the row was not valid UTF-8 and was read in the feed's fallback encoding.
    public var isInFallbackEncoding: Bool { group.rows[position].isFallback }

    /// The text of a cell; "" past the row's last one, so that a missing trailing cell reads as an empty one.
    public subscript(cell: Int) -> String {
        withCell(cell) { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with the UTF-8 bytes of a cell, none past the row's last one. They must not escape.
    @inlinable
    public func withCell<Result, Failure: Error>(
        _ cell: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(cell >= 0, "cells are counted from 0")
        let row = group.rows[position]
        guard cell < row.cellCount else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let range = group.cells[row.firstCell + cell]
        return try body(UnsafeRawBufferPointer(start: group.bytes + Int(range.offset), count: Int(range.length)))
    }

    /// Calls `body` with the row's cells as ranges into the group's bytes, and with those bytes: the cheapest way to read
    /// them all. Neither pointer may escape.
    @inlinable
    public func withCellRanges<Result, Failure: Error>(
        _ body: (_ ranges: UnsafeBufferPointer<CellRange>, _ bytes: UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let row = group.rows[position]
        return try body(
            UnsafeBufferPointer(start: group.cells + row.firstCell, count: row.cellCount),
            UnsafeRawBufferPointer(start: group.bytes, count: group.usedBytes))
    }

    /// The row as it stands in the file, in the file's encoding, without its line end.
    public var rawBytes: [UInt8] {
        let row = group.rows[position]
        let text = UnsafeBufferPointer(start: group.bytes + row.textOffset, count: row.textCount)
        return group.encoding.rawBytes(of: text, oddByte: row.oddByte)
    }
}
