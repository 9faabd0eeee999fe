internal import Foundation

/// A place in the text of a file that moves forward, and the text from a mark on, which stays until the mark is moved.
final class TextCursor {
    /// Where the cursor stands, counted from the mark.
    var position = 0

    private let buffer: TextBuffer
    private let encoding: TextEncoding
    private var markLine = 1
    /// Where the mark lies in the file.
    private var markOffset: Int
    /// How much text was passed before the mark.
    private(set) var textOffset = 0

    init(buffer: TextBuffer, encoding: TextEncoding, byteOffset: Int) {
        self.buffer = buffer
        self.encoding = encoding
        markOffset = byteOffset
    }

    /// The text from the mark on, as far as it was read. Valid until more is.
    var text: UnsafeMutablePointer<UInt8> { buffer.base + buffer.start }

    /// The byte that an odd UTF-16 file ends in.
    var oddByte: UInt8 { buffer.oddByte }

    /// How much text was read from the mark on.
    var available: Int { buffer.end - buffer.start }

    /// Where the mark lies.
    var mark: (line: Int, byteOffset: Int) { (markLine, markOffset) }

    /// Moves the mark to the cursor; `lines` is how many line feeds are passed, when that is known.
    func moveMark(lines: Int? = nil) {
        guard position > 0 else { return }
        markOffset += encoding.rawLength(of: text, count: position)
        markLine += lines ?? lineFeeds(before: position)
        textOffset += position
        buffer.start += position
        position = 0
    }

    /// How many line feeds lie between the mark and a position.
    func lineFeeds(before position: Int) -> Int {
        let text = self.text
        var feeds = 0
        for i in 0..<position { feeds &+= text[i] == UInt8(ascii: "\n") ? 1 : 0 }
        return feeds
    }

    /// The beginning of the text from the mark on, of no more than `most` bytes and of whole characters.
    func beginning(most: Int) -> [UInt8] {
        var count = min(available, most)
        while count > 0, count < available, text[count] & 0xC0 == 0x80 { count -= 1 }
        return Array(UnsafeBufferPointer(start: text, count: count))
    }

    /// Reads on until `count` bytes lie behind the mark; false when the file ends before.
    func read(_ count: Int) throws -> Bool {
        while available < count {
            if buffer.isAtEnd { return false }
            try buffer.fill()
        }
        return true
    }

    /// The byte at the cursor, or nil at the end of the file.
    func peek() throws -> UInt8? { try read(position + 1) ? text[position] : nil }

    /// The position of a byte in what was read, at or behind `start` and before `end`.
    func findHere(_ byte: UInt8, from start: Int, to end: Int) -> Int? {
        guard start < end, let found = memchr(text + start, Int32(byte), end - start) else { return nil }
        return UnsafeMutableRawPointer(text).distance(to: found)
    }

    /// The position of some bytes that lie in what was read whole, at or behind `start` and before `end`.
    func findHere(_ bytes: StaticString, from start: Int, to end: Int) -> Int? {
        let count = bytes.utf8CodeUnitCount
        var at = start
        while let found = findHere(bytes.utf8Start[0], from: at, to: end - count + 1) {
            if memcmp(text + found, bytes.utf8Start, count) == 0 { return found }
            at = found + 1
        }
        return nil
    }

    /// True when these bytes lie at a position; reads on to tell.
    func has(_ bytes: StaticString, at position: Int) throws -> Bool {
        try read(position + bytes.utf8CodeUnitCount) && memcmp(text + position, bytes.utf8Start, bytes.utf8CodeUnitCount) == 0
    }

    /// The position of a byte at or behind `start`, nil when it isn't there up to `most` or the end of the file.
    func find(_ byte: UInt8, from start: Int, most: Int) throws -> Int? {
        var searched = start
        while true {
            let end = min(available, most)
            if searched < end, let found = memchr(text + searched, Int32(byte), end - searched) {
                return UnsafeMutableRawPointer(text).distance(to: found)
            }
            searched = max(searched, end)
            if searched >= most || buffer.isAtEnd { return nil }
            try buffer.fill()
        }
    }
}
