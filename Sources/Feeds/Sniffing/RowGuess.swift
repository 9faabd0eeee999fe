/// Finds out how the rows of a delimited file are written: by how well each dialect makes the rows alike, and the cells things
/// that one knows (after van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type patterns").
struct RowGuess {
    let dialect: SniffedRows.Dialect
    /// From 0 to 1.
    let score: Double
    /// The share of rows that have the most frequent number of cells, and that number.
    let width: Int
    let agreeing: Double
    /// True when the first cell names the row's kind, and each kind has a width of its own.
    let hasKinds: Bool
    let second: (dialect: SniffedRows.Dialect, score: Double)?

    static let delimiters: [UInt8] = Array(",;\t|^~".utf8) + [0x1F, 0x01, UInt8(ascii: ":")]
    private static let rowsLookedAt = 400
    private static let bytesLookedAt = 512 << 10

    init?(_ text: [UInt8]) {
        let text = Array(text.prefix(Self.bytesLookedAt))
        var ranked: [Scored] = []
        for delimiter in Self.delimiters where text.contains(delimiter) {
            for quote in [UInt8(ascii: "\""), nil] {
                if quote == nil, !text.contains(UInt8(ascii: "\"")) { continue }
                ranked.append(Scored(text, SniffedRows.Dialect(delimiter: delimiter, quote: quote), rowsMost: Self.rowsLookedAt))
            }
        }
        guard let best = ranked.enumerated().max(by: { ($0.element.score, -$0.offset) < ($1.element.score, -$1.offset) })?.element, best.score > 0 else { return nil }
        dialect = best.dialect
        score = best.score
        width = best.width
        agreeing = best.agreeing
        hasKinds = best.hasKinds
        second = ranked.filter { $0.dialect.delimiter != best.dialect.delimiter }.max { $0.score < $1.score }.map { ($0.dialect, $0.score) }
    }

    /// For a text that no delimiter parts.
    init(single text: [UInt8]) {
        dialect = SniffedRows.Dialect(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
        (score, width, agreeing, hasKinds, second) = (0, 1, 1, false, nil)
    }

    private struct Scored {
        let dialect: SniffedRows.Dialect
        var score = 0.0
        var width = 1
        var agreeing = 0.0
        var hasKinds = false

        init(_ text: [UInt8], _ dialect: SniffedRows.Dialect, rowsMost: Int) {
            self.dialect = dialect
            let split = SniffedRows(text, dialect, rowsMost: rowsMost)
            var rows = split.rows.filter { !$0.isBlank }
            if rows.count > 4, !split.isCut { rows.removeLast() }      // cut short, or a trailer
            guard !rows.isEmpty else { return }
            let widths = rows.map(\.cells.count)
            let (pattern, mode, share) = Self.pattern(widths)
            (width, agreeing) = (mode, share)
            var best = pattern
            if let byKind = Self.patternByKind(rows), byKind > pattern + 0.15 {
                best = byKind
                hasKinds = true
            }
            let quoting = dialect.quote == nil ? 0 : Double(split.unclosedQuotes) / Double(rows.count)
            score = best * (0.3 + 0.7 * Self.knownShare(rows, dialect)) * max(0.2, 1 - quoting)
            // Times of day have colons too.
            if dialect.delimiter == UInt8(ascii: ":") { score *= 0.4 }
            if dialect.quote != nil, split.quotedCells == 0, text.contains(UInt8(ascii: "\"")) { score *= 0.9 }
        }

        /// 1 when all rows have the same number of cells, and many.
        private static func pattern(_ widths: [Int]) -> (Double, mode: Int, share: Double) {
            var counts: [Int: Int] = [:]
            for width in widths { counts[width, default: 0] += 1 }
            let all = Double(widths.count)
            var pattern = 0.0
            for (width, count) in counts {
                let share = Double(count) / all
                pattern += share * share * Double(width - 1) / Double(width)
            }
            let mode = counts.max { ($0.value, $0.key) < ($1.value, $1.key) } ?? (1, 0)
            return (pattern, mode.key, Double(mode.value) / all)
        }

        private static func patternByKind(_ rows: [SniffedRows.Row]) -> Double? {
            var kinds: [[UInt8]: [Int]] = [:]
            for row in rows {
                let kind = row.cells[0].filter { $0 > 0x20 }
                guard (1...4).contains(kind.count), kind.allSatisfy({ ValueLook.isLetter($0) || ValueLook.isDigit($0) }) else { return nil }
                kinds[Array(kind), default: []].append(row.cells.count)
                if kinds.count > 8 { return nil }
            }
            guard kinds.count > 1, rows.count >= 6, kinds.values.filter({ $0.count > 1 }).count > 1 else { return nil }
            return kinds.values.reduce(0) { $0 + pattern($1).0 * Double($1.count) / Double(rows.count) }
        }

        /// The share of cells that are something known; other text counts for less, and a cell with half of a quote for nothing.
        private static func knownShare(_ rows: [SniffedRows.Row], _ dialect: SniffedRows.Dialect) -> Double {
            var points = 0.0, cells = 0.0
            for row in rows.prefix(100) {
                for cell in row.cells.prefix(300) {
                    cells += 1
                    let value = Array(cell.prefix(200))
                    if value.first == UInt8(ascii: "\"") || value.last == UInt8(ascii: "\"") {
                        continue
                    } else if value.isEmpty || ValueLook.isNumber(value) || ValueLook.isCode(value) || ValueLook.isEmail(value) || ValueLook.isMoney(value) || !DateForms(of: value).isEmpty {
                        points += 1
                    } else {
                        points += 0.7
                    }
                }
            }
            return cells == 0 ? 0 : points / cells
        }
    }
}
