/// The rows of a text in one dialect, split as simply as will do for a look.
struct SniffedRows {
    struct Row {
        /// The physical line it starts on, counted from 1.
        let line: Int
        let cells: [ArraySlice<UInt8>]
        let isBlank: Bool
    }

    struct Dialect: Equatable {
        var delimiter: UInt8
        var quote: UInt8?
    }

    private(set) var rows: [Row] = []
    /// Cells that open and close with quotes, and quotes that nothing closes.
    private(set) var quotedCells = 0
    private(set) var unclosedQuotes = 0
    private(set) var multilineCells = 0
    /// Quotes in the middle of cells.
    private(set) var strayQuotes = 0
    private(set) var isCut = false

    /// The longest quoted cell that is looked for.
    private static let quotedMost = 16 << 10

    init(_ text: [UInt8], _ dialect: Dialect, rowsMost: Int, cellsMost: Int = Int.max) {
        var line = 1
        var position = 0
        var cellCount = 0
        while position < text.count {
            if rows.count >= rowsMost || cellCount >= cellsMost {
                isCut = true
                return
            }
            let first = line
            var cells: [ArraySlice<UInt8>] = []
            var isBlank = true
            while true {
                let (cell, next) = takeCell(text, position, dialect, &line)
                cells.append(cell)
                if isBlank, cell.contains(where: { $0 > 0x20 }) { isBlank = false }
                position = next
                if position < text.count, text[position] == dialect.delimiter, cells.count < 8_192 {
                    position += 1
                    continue
                }
                while position < text.count, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
                break
            }
            if position < text.count {
                position += text[position] == 0x0D && position + 1 < text.count && text[position + 1] == 0x0A ? 2 : 1
            }
            line += 1
            cellCount += cells.count
            rows.append(Row(line: first, cells: cells, isBlank: isBlank))
        }
    }

    private mutating func takeCell(_ text: [UInt8], _ start: Int, _ dialect: Dialect, _ line: inout Int) -> (ArraySlice<UInt8>, next: Int) {
        if let quote = dialect.quote, start < text.count, text[start] == quote {
            var i = start + 1
            var lines = 0
            let most = min(text.count, start + Self.quotedMost)
            while i < most {
                if text[i] == 0x0A { lines += 1 }
                guard text[i] == quote else {
                    i += 1
                    continue
                }
                if i + 1 < text.count, text[i + 1] == quote {
                    i += 2
                    continue
                }
                let after = i + 1
                if after >= text.count || text[after] == dialect.delimiter || text[after] == 0x0A || text[after] == 0x0D {
                    quotedCells += 1
                    if lines > 0 { multilineCells += 1 }
                    line += lines
                    return (text[start + 1..<i], after)
                }
                break
            }
            unclosedQuotes += 1
        }
        var i = start
        while i < text.count, text[i] != dialect.delimiter, text[i] != 0x0A, text[i] != 0x0D {
            if text[i] == dialect.quote, i > start { strayQuotes += 1 }
            i += 1
        }
        return (text[start..<i], i)
    }

    /// The cell with doubled quotes as one.
    static func collapsed(_ cell: ArraySlice<UInt8>, _ dialect: Dialect) -> [UInt8] {
        guard let quote = dialect.quote, cell.contains(quote) else { return Array(cell) }
        var collapsed: [UInt8] = []
        var wasQuote = false
        for byte in cell {
            if byte == quote, wasQuote {
                wasQuote = false
                continue
            }
            wasQuote = byte == quote
            collapsed.append(byte)
        }
        return collapsed
    }
}
