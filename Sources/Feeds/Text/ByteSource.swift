/// Where a feed's bytes come from.
public protocol ByteSource: AnyObject {
    /// Fills the front of `buffer` and returns how many bytes that were: any number from 1 to its size, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// Goes back to the first byte.
    ///
    /// - Throws: ``FeedError/cannotRewind`` when what was read is gone.
    func rewind() throws
}
