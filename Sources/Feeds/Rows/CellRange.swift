/// Where a cell's UTF-8 text lies in its group's bytes.
@frozen
public struct CellRange: Sendable, Equatable {
    public var offset: UInt32
    public var length: UInt32

    @inlinable
    init(offset: UInt32, length: UInt32) {
        self.offset = offset
        self.length = length
    }
}
