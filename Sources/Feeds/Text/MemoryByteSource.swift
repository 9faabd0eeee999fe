/// Bytes in memory: a replayed quarantine, a test.
public final class MemoryByteSource: ByteSource {
    private let bytes: [UInt8]
    private let chunkBytes: Int
    private var position = 0

    /// - Parameter chunkBytes: the most bytes that one reading hands out.
    public init(_ bytes: [UInt8], chunkBytes: Int = Int.max) {
        self.bytes = bytes
        self.chunkBytes = max(1, chunkBytes)
    }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(buffer.count, chunkBytes, bytes.count - position)
        bytes.withUnsafeBytes { all in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + count]))
        }
        position += count
        return count
    }

    public func rewind() throws {
        position = 0
    }
}
