/// Splits text into rows and cells, and nothing else: no header, no groups.
///
/// A row is found whole in the buffer or not at all; when it runs over the end of the buffer, more is read and the row is
/// begun anew. So no state survives a row, and where chunks end can't show.
final class RowSplitter {
    enum Found: Equatable {
        case row
        case setAside(QuarantineCode)
        case end
    }

    // What the last call of next() found. Offsets of cells count from the row's start.
    private(set) var cells: UnsafeMutablePointer<CellRange>
    private(set) var cellCount = 0
    /// Quoted cells in which a doubled quote stands for one.
    private(set) var escapedCells: [Int] = []
    private(set) var hasStrayQuotes = false
    private(set) var textCount = 0
    private(set) var lineFrom = 1
    private(set) var lineTo = 1
    /// Where the row starts in the file.
    private(set) var byteOffset: Int
    /// The beginning of a row that was too long to hold.
    private(set) var truncated: [UInt8]?

    /// The number of cells in the header, once known: tells a cell that swallowed lines from one that has some.
    var width = 0

    let buffer: TextBuffer
    let encoding: TextEncoding
    private let limits: FeedLimits
    private let delimiter: UInt8
    private let quote: UInt8
    private let hasQuote: Bool
    /// What each byte ends: outside quotes, and inside.
    private let stops: UnsafeMutablePointer<Stop>
    private let quotedStops: UnsafeMutablePointer<Stop>
    /// Where the buffer's start lies in the file.
    private var rawPosition: Int
    private var consumed = 0
    private var lineEnds = 0
    private var spansLines = false

    private enum Stop: UInt8 {
        case none, delimiter, quote, lineFeed, carriageReturn
    }

    private enum Scan {
        case row(next: Int)
        case setAside(QuarantineCode, end: Int, next: Int)
        case needsMore
    }

    init(buffer: TextBuffer, encoding: TextEncoding, format: FeedFormat, limits: FeedLimits, byteOffset: Int) {
        self.buffer = buffer
        self.encoding = encoding
        self.limits = limits
        self.byteOffset = byteOffset
        rawPosition = byteOffset
        delimiter = format.delimiter
        quote = format.quote ?? 0
        hasQuote = format.quote != nil
        cells = .allocate(capacity: limits.columns)
        stops = .allocate(capacity: 256)
        quotedStops = .allocate(capacity: 256)
        stops.initialize(repeating: .none, count: 256)
        quotedStops.initialize(repeating: .none, count: 256)
        for table in [stops, quotedStops] {
            table[Int(UInt8(ascii: "\n"))] = .lineFeed
            table[Int(UInt8(ascii: "\r"))] = .carriageReturn
        }
        stops[Int(format.delimiter)] = .delimiter
        if let quote = format.quote { quotedStops[Int(quote)] = .quote }
    }

    deinit {
        cells.deallocate()
        stops.deallocate()
        quotedStops.deallocate()
    }

    /// The text of the row just found, without its line end. Valid until the next call of ``next()``.
    var text: UnsafeMutablePointer<UInt8> { buffer.base + buffer.start }

    /// Finds the next row.
    func next() throws -> Found {
        rawPosition += encoding.rawLength(of: text, count: consumed)
        byteOffset = rawPosition
        buffer.start += consumed
        lineFrom += lineEnds
        consumed = 0
        lineEnds = 0
        truncated = nil
        while true {
            if buffer.start == buffer.end {
                if buffer.isAtEnd { return .end }
                try buffer.fill()
                continue
            }
            switch scan() {
            case .row(let next) where textCount <= limits.rowBytes:
                take(next)
                return .row
            case .setAside(let code, let end, let next) where end <= limits.rowBytes:
                textCount = end
                take(next)
                return .setAside(code)
            case .row, .setAside:
                return try takeLongLine()
            case .needsMore:
                if buffer.end - buffer.start > limits.rowBytes + 16 { return try takeLongLine() }
                try buffer.fill()
            }
        }
    }

    private func take(_ next: Int) {
        consumed = next
        let inside = spansLines ? Self.lineEnds(in: text, count: textCount) : 0
        lineTo = lineFrom + inside
        lineEnds = inside + 1
    }

    private static func lineEnds(in text: UnsafePointer<UInt8>, count: Int) -> Int {
        var ends = 0
        for i in 0..<count {
            if text[i] == UInt8(ascii: "\n") || (text[i] == UInt8(ascii: "\r") && (i + 1 == count || text[i + 1] != UInt8(ascii: "\n"))) {
                ends += 1
            }
        }
        return ends
    }

    // MARK: One row

    private func scan() -> Scan {
        let text = self.text
        let count = buffer.end - buffer.start
        let isAtEnd = buffer.isAtEnd
        let stops = self.stops
        let cells = self.cells
        cellCount = 0
        spansLines = false
        hasStrayQuotes = false
        if !escapedCells.isEmpty { escapedCells.removeAll(keepingCapacity: true) }
        if count < 3 && !isAtEnd { return .needsMore }
        var swallowed: (cell: Int, end: Int, next: Int)?
        var found = 0
        var position = Self.startsWithMark(text, count: count) ? 3 : 0
        while true {
            if found == limits.columns { return setAside(.tooManyColumns, from: position) }
            if hasQuote && text[position] == quote && position < count {
                switch scanQuoted(from: position, cell: found) {
                case .closed(let end, let next, let firstLine):
                    cells[found] = CellRange(offset: UInt32(position + 1), length: UInt32(end - position - 1))
                    if let firstLine {
                        spansLines = true
                        if swallowed == nil { swallowed = (found, firstLine.end, firstLine.next) }
                    }
                    position = next
                case .unclosed(let end, let next):
                    if let end { return .setAside(.unclosedQuote, end: end, next: next) }
                    return setAside(.unclosedQuote, from: next)
                case .stray(let at): return setAside(.strayQuote, from: at)
                case .needsMore: return .needsMore
                }
            } else {
                let begin = position
                while stops[Int(text[position])] == .none { position += 1 }
                if position >= count && !isAtEnd { return .needsMore }
                cells[found] = CellRange(offset: UInt32(begin), length: UInt32(position - begin))
            }
            found += 1
            if position < count && text[position] == delimiter {
                position += 1
                continue
            }
            cellCount = found
            textCount = position
            guard let next = lineEnd(at: position, count: count) else { return .needsMore }
            if let swallowed, isSwallowed(swallowed.cell) {
                return .setAside(.unclosedQuote, end: swallowed.end, next: swallowed.next)
            }
            return .row(next: next)
        }
    }

    private enum Quoted {
        case closed(end: Int, next: Int, firstLine: (end: Int, next: Int)?)
        /// `end` is nil when the first line of the cell has not ended up to `next`.
        case unclosed(end: Int?, next: Int)
        case stray(at: Int)
        case needsMore
    }

    private func scanQuoted(from open: Int, cell: Int) -> Quoted {
        let text = self.text
        let count = buffer.end - buffer.start
        let isAtEnd = buffer.isAtEnd
        var position = open + 1
        var isEscaped = false
        var lines = 0
        var firstLine: (end: Int, next: Int)?
        while true {
            while quotedStops[Int(text[position])] == .none { position += 1 }
            if position - open > limits.quotedCellBytes || (position >= count && isAtEnd) {
                return .unclosed(end: firstLine?.end, next: firstLine?.next ?? min(position, count))
            }
            if position >= count { return .needsMore }
            guard text[position] == quote else {
                guard let next = lineEnd(at: position, count: count) else { return .needsMore }
                if firstLine == nil { firstLine = (position, next) }
                lines += 1
                if lines > limits.quotedCellLines { return .unclosed(end: firstLine?.end, next: firstLine?.next ?? next) }
                position = next
                continue
            }
            let after = position + 1
            if after >= count {
                if !isAtEnd { return .needsMore }
            } else if text[after] == quote {
                isEscaped = true
                position += 2
                continue
            }
            var next = after
            while next < count && text[next] == UInt8(ascii: " ") && delimiter != UInt8(ascii: " ") { next += 1 }
            if next >= count && !isAtEnd { return .needsMore }
            if next >= count || stops[Int(text[next])] != .none {
                if isEscaped { escapedCells.append(cell) }
                return .closed(end: position, next: next, firstLine: firstLine)
            }
            // Text after what should be the closing quote. Over a line end, the quote is another row's; on one line it is an
            // inch mark when the next quote comes before the next delimiter.
            if let firstLine { return .unclosed(end: firstLine.end, next: firstLine.next) }
            hasStrayQuotes = true
            while stops[Int(text[next])] == .none && text[next] != quote { next += 1 }
            if next >= count && !isAtEnd { return .needsMore }
            guard next < count && text[next] == quote else { return .stray(at: min(next, count)) }
            position = next
        }
    }

    /// Returns where the next line starts, given the end of this one; nil when a line feed may follow the buffer's last byte.
    private func lineEnd(at position: Int, count: Int) -> Int? {
        if position >= count { return buffer.isAtEnd ? count : nil }
        guard text[position] == UInt8(ascii: "\r") else { return position + 1 }
        if position + 1 >= count { return buffer.isAtEnd ? count : nil }
        return text[position + 1] == UInt8(ascii: "\n") ? position + 2 : position + 1
    }

    /// Sets the rest of the line aside with what came before it.
    private func setAside(_ code: QuarantineCode, from position: Int) -> Scan {
        let count = buffer.end - buffer.start
        let end = endOfLine(from: position, count: count)
        guard let next = lineEnd(at: end, count: count) else { return .needsMore }
        return .setAside(code, end: end, next: next)
    }

    private func endOfLine(from position: Int, count: Int) -> Int {
        let text = self.text
        var end = position
        while end < count && text[end] != UInt8(ascii: "\n") && text[end] != UInt8(ascii: "\r") { end += 1 }
        return end
    }

    /// True when a cell with line ends holds so many delimiters that it must be rows: its quote was closed by one of theirs.
    ///
    /// In a row as wide as the header that is a cell with as many delimiters for each line end as a row has. Only wide
    /// tables are judged so: in a narrow one a comment may well have three commas a line.
    private func isSwallowed(_ cell: Int) -> Bool {
        guard width > 1 else { return false }
        let range = cells[cell]
        let inside = text + Int(range.offset)
        var delimiters = 0
        for i in 0..<Int(range.length) where inside[i] == delimiter { delimiters += 1 }
        if cellCount != width { return delimiters >= max(2, (width - 1) / 2) }
        return width >= Self.wideTable && delimiters == (width - 1) * Self.lineEnds(in: inside, count: Int(range.length))
    }

    private static let wideTable = 8

    private static func startsWithMark(_ text: UnsafePointer<UInt8>, count: Int) -> Bool {
        count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    }

    // MARK: Lines too long to hold

    /// Sets one physical line aside, whatever quotes it has, and keeps only its beginning.
    private func takeLongLine() throws -> Found {
        var kept: [UInt8] = []
        var isCut = false
        cellCount = 0
        while true {
            let count = buffer.end - buffer.start
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
                consumed = next
                lineTo = lineFrom
                lineEnds = 1
                return .setAside(.rowTooLong)
            }
            rawPosition += encoding.rawLength(of: text, count: end)
            buffer.start += end
            try buffer.fill()
        }
    }
}
