/// Where a splitter stands in the text, and the row that it found there: valid until it looks for the next.
///
/// Splitters write it and readers look at it for each row, on one thread: hence no checks of exclusive access.
final class RowCursor {
    // The row just found. Offsets of cells count from its start.
    let cells: UnsafeMutablePointer<CellRange>
    @exclusivity(unchecked) var cellCount = 0
    /// Quoted cells in which a doubled quote stands for one.
    @exclusivity(unchecked) var escapedCells: [Int] = []
    /// Cells whose bytes are digits of a packed number.
    @exclusivity(unchecked) var packedCells: [Int] = []
    @exclusivity(unchecked) var hasStrayQuotes = false
    /// True when text stands past the last place that the format names.
    @exclusivity(unchecked) var hasTextBeyond = false
    /// Which of the feed's kinds of record it is; nil when it is of none.
    @exclusivity(unchecked) var kind: Int? = 0
    @exclusivity(unchecked) var textCount = 0
    @exclusivity(unchecked) private(set) var lineFrom = 1
    @exclusivity(unchecked) private(set) var lineTo = 1
    /// Where it starts in the file.
    @exclusivity(unchecked) private(set) var byteOffset: Int
    /// The beginning of a row that was too long to hold.
    @exclusivity(unchecked) private(set) var truncated: [UInt8]?

    let buffer: TextBuffer
    let encoding: TextEncoding
    private let limits: FeedLimits
    /// Where the buffer's start lies in the file.
    @exclusivity(unchecked) private var rawPosition: Int
    @exclusivity(unchecked) private var consumed = 0
    @exclusivity(unchecked) private var lineEnds = 0

    init(buffer: TextBuffer, encoding: TextEncoding, limits: FeedLimits, byteOffset: Int, mostCells: Int) {
        self.buffer = buffer
        self.encoding = encoding
        self.limits = limits
        self.byteOffset = byteOffset
        rawPosition = byteOffset
        cells = .allocate(capacity: mostCells)
    }

    deinit {
        cells.deallocate()
    }

    /// The text of the row just found, without its line end.
    var text: UnsafeMutablePointer<UInt8> { buffer.base + buffer.start }

    /// How much text there is from the row's start on.
    var available: Int { buffer.end - buffer.start }

    /// Leaves the row just found behind.
    func advance() {
        rawPosition += encoding.rawLength(of: text, count: consumed)
        byteOffset = rawPosition
        buffer.start += consumed
        lineFrom += lineEnds
        consumed = 0
        lineEnds = 0
        truncated = nil
    }

    /// Takes the row that ends before `next` and has `lineEnds` inside.
    func take(next: Int, lineEndsInside: Int) {
        consumed = next
        lineTo = lineFrom + lineEndsInside
        lineEnds = lineEndsInside + 1
    }

    // MARK: Lines

    /// Returns where the next line starts, given the end of this one; nil when a line feed may follow the buffer's last byte.
    func lineEnd(at position: Int, count: Int) -> Int? {
        if position >= count { return buffer.isAtEnd ? count : nil }
        guard text[position] == UInt8(ascii: "\r") else { return position + 1 }
        if position + 1 >= count { return buffer.isAtEnd ? count : nil }
        return text[position + 1] == UInt8(ascii: "\n") ? position + 2 : position + 1
    }

    func endOfLine(from position: Int, count: Int) -> Int {
        let text = self.text
        var end = position
        while end < count && text[end] != UInt8(ascii: "\n") && text[end] != UInt8(ascii: "\r") { end += 1 }
        return end
    }

    static func lineEnds(in text: UnsafePointer<UInt8>, count: Int) -> Int {
        var ends = 0
        for i in 0..<count {
            if text[i] == UInt8(ascii: "\n") || (text[i] == UInt8(ascii: "\r") && (i + 1 == count || text[i + 1] != UInt8(ascii: "\n"))) {
                ends += 1
            }
        }
        return ends
    }

    static func startsWithMark(_ text: UnsafePointer<UInt8>, count: Int) -> Bool {
        count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    }

    /// Sets one physical line aside that is too long to hold, whatever quotes it has, and keeps only its beginning.
    func takeLongLine() throws -> FoundRow {
        var kept: [UInt8] = []
        var isCut = false
        cellCount = 0
        while true {
            let count = available
            let end = endOfLine(from: 0, count: count)
            let room = limits.keptRawBytes - kept.count
            var keeping = isCut ? 0 : min(end, room)
            if keeping < end {
                while keeping > 0 && text[keeping] & 0xC0 == 0x80 { keeping -= 1 }
                isCut = true
            }
            kept.append(contentsOf: UnsafeBufferPointer(start: text, count: keeping))
            if let next = lineEnd(at: end, count: count) {
                truncated = kept
                textCount = end
                take(next: next, lineEndsInside: 0)
                return .setAside(.rowTooLong)
            }
            rawPosition += encoding.rawLength(of: text, count: end)
            buffer.start += end
            try buffer.fill()
        }
    }
}
