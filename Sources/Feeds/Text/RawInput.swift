/// The bytes of one reading of a source: the beginning, which was looked at first, and then the rest.
final class RawInput {
    private let source: any ByteSource
    private var head: ArraySlice<UInt8>
    private let onBytes: ((UnsafeRawBufferPointer) -> Void)?
    private(set) var bytes: Int

    /// - Parameters:
    ///   - head: bytes already taken from the source and seen by `onBytes`.
    ///   - bytesBefore: how many bytes of the source came before what this reads (a byte order mark).
    init(source: any ByteSource, head: ArraySlice<UInt8>, bytesBefore: Int, onBytes: ((UnsafeRawBufferPointer) -> Void)?) {
        self.source = source
        self.head = head
        self.bytes = bytesBefore
        self.onBytes = onBytes
    }

    /// Fills the front of `buffer` and returns how many bytes that were, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if !head.isEmpty {
            let count = min(head.count, buffer.count)
            buffer.copyBytes(from: head.prefix(count))
            head = head.dropFirst(count)
            bytes += count
            return count
        }
        let count = try Self.take(from: source, into: buffer, onBytes: onBytes)
        bytes += count
        return count
    }

    static func take(
        from source: any ByteSource, into buffer: UnsafeMutableRawBufferPointer, onBytes: ((UnsafeRawBufferPointer) -> Void)?
    ) throws -> Int {
        let count = try source.read(into: buffer)
        precondition((0...buffer.count).contains(count), "a byte source returned more bytes than it was given room for")
        if count > 0 { onBytes?(UnsafeRawBufferPointer(rebasing: buffer[0..<count])) }
        return count
    }
}
