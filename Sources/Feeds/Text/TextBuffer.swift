/// A window on the decoded text of a file: what lies between `start` and `end` has been read and not yet given up.
final class TextBuffer {
    /// The text; `base[end]` is always a line feed, so that loops need no bound.
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var end = 0
    private(set) var isAtEnd = false
    var start = 0
    /// The byte that an odd UTF-16 file ends in.
    var oddByte: UInt8 { decoder.oddByte }

    private var capacity = 256 << 10
    private let input: RawInput
    private var decoder: TextDecoder
    private let chunk: UnsafeMutableRawBufferPointer

    private static let chunkBytes = 64 << 10

    init(input: RawInput, encoding: TextEncoding) {
        self.input = input
        decoder = TextDecoder(encoding: encoding)
        base = .allocate(capacity: capacity)
        base[0] = UInt8(ascii: "\n")
        chunk = encoding == .utf8 ? UnsafeMutableRawBufferPointer(start: nil, count: 0)
            : .allocate(byteCount: Self.chunkBytes, alignment: 8)
    }

    deinit {
        base.deallocate()
        chunk.deallocate()
    }

    /// Reads on, keeping what lies between `start` and `end`.
    func fill() throws {
        makeRoom()
        if decoder.encoding == .utf8 {
            let room = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end - 1)
            let count = try input.read(into: room)
            end += count
            isAtEnd = count == 0
        } else {
            let count = try input.read(into: chunk)
            end += count > 0
                ? decoder.decode(UnsafeRawBufferPointer(rebasing: chunk[0..<count]), to: base + end)
                : decoder.finish(to: base + end)
            isAtEnd = count == 0
        }
        base[end] = UInt8(ascii: "\n")
    }

    private func makeRoom() {
        if start > 0 {
            base.update(from: base + start, count: end - start)
            end -= start
            start = 0
        }
        let wanted = decoder.encoding == .utf8 ? 128 << 10 : TextDecoder.capacity(forRaw: Self.chunkBytes)
        guard capacity - end - 1 < wanted else { return }
        let larger = max(capacity * 2, end + 1 + wanted)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.update(from: base, count: end)
        base.deallocate()
        base = new
        capacity = larger
    }
}
