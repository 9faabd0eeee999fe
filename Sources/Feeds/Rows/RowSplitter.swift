/// Splits text with delimiters and quotes into rows and cells.
///
/// A row is found whole in the buffer or not at all; when it runs over the end of the buffer, more is read and the row is
/// begun anew. So no state survives a row, and where chunks end can't show.
final class RowSplitter: RowSplitting {
    let row: RowCursor

    /// The number of cells in the header, once known; 0 when rows are of several kinds. Tells a cell that swallowed lines from one that has some.
    var width = 0
    /// What rows begin with, when their first cell names their kind: tells that better.
    var beginnings: [[UInt8]] = []

    private let buffer: TextBuffer
    private let limits: FeedLimits
    private let delimiter: UInt8
    private let quote: UInt8
    private let hasQuote: Bool
    /// What each byte ends: outside quotes, and inside.
    private let stops: UnsafeMutablePointer<Stop>
    private let quotedStops: UnsafeMutablePointer<Stop>
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
        self.limits = limits
        row = RowCursor(buffer: buffer, encoding: encoding, limits: limits, byteOffset: byteOffset, mostCells: limits.columns)
        delimiter = format.delimiter
        quote = format.quote ?? 0
        hasQuote = format.quote != nil
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
        stops.deallocate()
        quotedStops.deallocate()
    }

    private var text: UnsafeMutablePointer<UInt8> { row.text }

    func next() throws -> FoundRow {
        row.advance()
        while true {
            if buffer.start == buffer.end {
                if buffer.isAtEnd { return .end }
                try buffer.fill()
                continue
            }
            switch scan() {
            case .row(let next) where row.textCount <= limits.rowBytes:
                take(next)
                return .row
            case .setAside(let code, let end, let next) where end <= limits.rowBytes:
                row.textCount = end
                take(next)
                return .setAside(code)
            case .row, .setAside:
                return try row.takeLongLine()
            case .needsMore:
                if buffer.end - buffer.start > limits.rowBytes + 16 { return try row.takeLongLine() }
                try buffer.fill()
            }
        }
    }

    private func take(_ next: Int) {
        row.take(next: next, lineEndsInside: spansLines ? RowCursor.lineEnds(in: text, count: row.textCount) : 0)
    }

    var isBlank: Bool {
        let text = self.text
        let count = row.textCount
        if row.truncated != nil { return false }
        if count > 0 && text[0] > 0x20 && text[0] != delimiter && !(hasQuote && text[0] == quote) && text[0] != 0xEF {
            return false
        }
        for i in 0..<row.cellCount where row.cells[i].length > 0 {
            let cell = row.cells[i]
            for k in Int(cell.offset)..<Int(cell.offset + cell.length) where !Self.isFiller(text[k]) { return false }
        }
        return true
    }

    private static func isFiller(_ byte: UInt8) -> Bool {
        byte == 0 || byte == 0x1A || byte == UInt8(ascii: " ")
    }

    // MARK: One row

    private func scan() -> Scan {
        let text = self.text
        let count = buffer.end - buffer.start
        let isAtEnd = buffer.isAtEnd
        let stops = self.stops
        let cells = row.cells
        row.cellCount = 0
        spansLines = false
        row.hasStrayQuotes = false
        if !row.escapedCells.isEmpty { row.escapedCells.removeAll(keepingCapacity: true) }
        if count < 3 && !isAtEnd { return .needsMore }
        var swallowed: (cell: Int, end: Int, next: Int)?
        var found = 0
        var position = RowCursor.startsWithMark(text, count: count) ? 3 : 0
        while true {
            if found == limits.columns {
                row.cellCount = found
                return setAside(.tooManyColumns, from: position)
            }
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
                    row.cellCount = found
                    if let end { return .setAside(.unclosedQuote, end: end, next: next) }
                    return setAside(.unclosedQuote, from: next)
                case .stray(let at):
                    row.cellCount = found
                    return setAside(.strayQuote, from: at)
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
            row.cellCount = found
            row.textCount = position
            guard let next = row.lineEnd(at: position, count: count) else { return .needsMore }
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
                guard let next = row.lineEnd(at: position, count: count) else { return .needsMore }
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
                if isEscaped { row.escapedCells.append(cell) }
                return .closed(end: position, next: next, firstLine: firstLine)
            }
            // Text after what should be the closing quote. Over a line end, the quote is another row's; on one line it is an
            // inch mark when the next quote comes before the next delimiter.
            if let firstLine { return .unclosed(end: firstLine.end, next: firstLine.next) }
            row.hasStrayQuotes = true
            while stops[Int(text[next])] == .none && text[next] != quote { next += 1 }
            if next >= count && !isAtEnd { return .needsMore }
            guard next < count && text[next] == quote else { return .stray(at: min(next, count)) }
            position = next
        }
    }

    /// Sets the rest of the line aside with what came before it.
    private func setAside(_ code: QuarantineCode, from position: Int) -> Scan {
        let count = buffer.end - buffer.start
        let end = row.endOfLine(from: position, count: count)
        guard let next = row.lineEnd(at: end, count: count) else { return .needsMore }
        return .setAside(code, end: end, next: next)
    }

    /// True when a cell with line ends holds so many delimiters that it must be rows: its quote was closed by one of theirs.
    ///
    /// In a row as wide as the header that is a cell with as many delimiters for each line end as a row has. Only wide
    /// tables are judged so: in a narrow one a comment may well have three commas a line.
    private func isSwallowed(_ cell: Int) -> Bool {
        let range = row.cells[cell]
        let inside = text + Int(range.offset)
        if !beginnings.isEmpty { return hasBeginning(UnsafeBufferPointer(start: inside, count: Int(range.length))) }
        guard width > 1 else { return false }
        var delimiters = 0
        for i in 0..<Int(range.length) where inside[i] == delimiter { delimiters += 1 }
        if row.cellCount != width { return delimiters >= max(2, (width - 1) / 2) }
        return width >= Self.wideTable && delimiters == (width - 1) * RowCursor.lineEnds(in: inside, count: Int(range.length))
    }

    private static let wideTable = 8

    /// True when a line of the cell, other than its first, begins as a row does.
    private func hasBeginning(_ inside: UnsafeBufferPointer<UInt8>) -> Bool {
        for start in inside.indices.dropFirst() where inside[start - 1] == UInt8(ascii: "\n") || inside[start - 1] == UInt8(ascii: "\r") {
            if beginnings.contains(where: { inside[start...].starts(with: $0) }) { return true }
        }
        return false
    }
}
