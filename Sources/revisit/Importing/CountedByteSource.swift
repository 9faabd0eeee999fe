internal import Feeds

/// A source that tells how many bytes were read of it.
final class CountedByteSource: ByteSource {
    private let source: any ByteSource
    private let onRead: (Int) -> Void

    init(_ source: any ByteSource, onRead: @escaping (Int) -> Void) {
        self.source = source
        self.onRead = onRead
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        onRead(count)
        return count
    }

    func rewind() throws { try source.rewind() }
}
