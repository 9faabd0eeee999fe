/// Looks at a delimited file: dialect, header, kinds of record, columns.
struct RowSniffer {
    let text: [UInt8]
    /// True when the text ends before the file does.
    let isCut: Bool
    let guess: RowGuess

    private static let rowsMost = 5_000
    private static let cellsMost = 300_000
    private static let headerRows = 20

    func sniff(into feed: inout SniffedFeed) {
        feed.format.kind = .csv
        feed.format.delimiter = guess.dialect.delimiter
        let split = SniffedRows(text, guess.dialect, rowsMost: Self.rowsMost, cellsMost: Self.cellsMost)
        var rows = split.rows.filter { !$0.isBlank }
        if isCut, !split.isCut, rows.count > 1 { rows.removeLast() }
        let isSure: SniffedFeed.Confidence = guess.score > 0.6 || (guess.score > 0.3 && guess.score > 2 * (guess.second?.score ?? 0)) ? .likely : .guessed
        let second = guess.second.map { "; next best \(Self.shown($0.dialect.delimiter)) scores \(Self.percent($0.score))" } ?? ""
        feed.note("format", "csv", isSure, because: guess.hasKinds
            ? "rows of each kind have the same number of cells" : "\(Self.percent(guess.agreeing)) of rows have \(guess.width) cells")
        feed.note("delimiter", Self.shown(guess.dialect.delimiter), isSure, because: "scores \(Self.percent(guess.score))\(second)")
        noteQuote(split, into: &feed)
        if guess.hasKinds { sniffKinds(rows, into: &feed) } else { sniffTable(rows, split, into: &feed) }
    }

    private func noteQuote(_ split: SniffedRows, into feed: inout SniffedFeed) {
        if let quote = guess.dialect.quote {
            feed.format.quote = quote
            if split.quotedCells == 0 {
                feed.note("quote", "\"", .guessed, because: "no cell is quoted; the usual quote does no harm")
            } else {
                let lines = split.multilineCells > 0 ? ", \(split.multilineCells) with line ends inside" : ""
                feed.note("quote", "\"", .likely, because: "\(split.quotedCells) quoted cells\(lines)")
            }
            if split.unclosedQuotes > 0 { feed.remarks.append("\(Self.plural(split.unclosedQuotes, "cell")) with a quote that nothing closes: such rows are put aside") }
        } else {
            feed.format.quote = nil
            feed.note("quote", "none", .likely, because: "quotes stand in cells as data, as inch marks do")
        }
    }

    // MARK: One kind of row

    private func sniffTable(_ all: [SniffedRows.Row], _ split: SniffedRows, into feed: inout SniffedFeed) {
        var rows = all
        let header = headerPlace(rows)
        let width: Int
        let columns: [String]
        if let header {
            let row = rows[header]
            let found = FeedHeader(cells: row.cells.map { ColumnProfile.text(SniffedRows.collapsed($0, guess.dialect)) }, line: row.line, rawBytes: [])
            columns = found.columns
            width = columns.count
            if header > 0 {
                feed.format.header = .line(row.line)
                feed.note("header", "line \(row.line)", .likely, because: "what stands above it, \(Self.plural(header, "row")), has no column names")
            } else {
                feed.note("header", "first row", .likely, because: "names over columns of values")
            }
            let below = rows.dropFirst(header + 1)
            rows = below.filter { !Self.isSame($0, row) }
            let again = below.count - rows.count
            if again > 0 { feed.remarks.append("the header stands \(Self.plural(again, "more time")) in the file; the reader drops it") }
        } else {
            width = guess.width
            columns = []
        }
        if !isCut, !split.isCut { dropTrailer(&rows, width, into: &feed) }
        let (profiles, _) = profile(rows, width)
        remarkWidths(rows, width, into: &feed)
        if header != nil {
            feed.kinds = [SniffedFeed.Kind(name: nil, count: rows.count, columns: profiles.enumerated().map { $1.column(columns[$0], of: rows.count) })]
        } else {
            let named = UnnamedColumns.columns(profiles, of: rows.count)
            feed.format.header = .names(named.map(\.name))
            feed.note("header", "none", .guessed, because: "the first row has values; the names are made up from them")
            feed.kinds = [SniffedFeed.Kind(name: nil, count: rows.count, columns: named)]
        }
    }

    /// The first row that has names rather than values.
    private func headerPlace(_ rows: [SniffedRows.Row]) -> Int? {
        for (place, row) in rows.prefix(Self.headerRows).enumerated() {
            guard row.cells.count * 2 >= guess.width, row.cells.count > 1 else { continue }
            let cells = row.cells.map { Array($0.drop { $0 <= 0x20 }) }
            let filled = cells.filter { !$0.isEmpty }
            let names = filled.filter { Self.isName($0) }.count
            guard filled.count * 2 > cells.count, names * 10 >= filled.count * 8, Set(filled).count * 10 >= filled.count * 8 else { continue }
            if filled.contains(where: { NameHint(ColumnProfile.text($0)).isRONumber }) || isOverValues(row, rows.dropFirst(place + 1).prefix(50)) { return place }
        }
        return nil
    }

    /// The same cells, whatever mark of byte order stands before them.
    private static func isSame(_ one: SniffedRows.Row, _ other: SniffedRows.Row) -> Bool {
        guard one.cells.count == other.cells.count else { return false }
        func plain(_ row: SniffedRows.Row) -> ArraySlice<UInt8> { row.cells[0].starts(with: [0xEF, 0xBB, 0xBF]) ? row.cells[0].dropFirst(3) : row.cells[0] }
        return plain(one).elementsEqual(plain(other)) && one.cells.dropFirst() == other.cells.dropFirst()
    }

    private static func isName(_ cell: [UInt8]) -> Bool {
        guard cell.contains(where: ValueLook.isLetter), cell.count <= 60 else { return false }
        return !ValueLook.isEmail(cell) && !ValueLook.isVIN(cell) && DateForms(of: cell).isEmpty && ValueLook.digits(cell) <= ValueLook.letters(cell)
            && !ValueLook.isLastFirst(cell)
    }

    /// True when some column has digits below and letters in this row.
    private func isOverValues(_ row: SniffedRows.Row, _ below: some Collection<SniffedRows.Row>) -> Bool {
        guard !below.isEmpty else { return true }
        return row.cells.indices.contains { column in
            guard ValueLook.digits(Array(row.cells[column])) == 0 else { return false }
            let values = below.compactMap { column < $0.cells.count && !$0.cells[column].isEmpty ? Array($0.cells[column]) : nil }
            return values.count * 2 >= below.count && values.filter { ValueLook.digits($0) * 2 > $0.count }.count * 10 >= values.count * 8
        }
    }

    /// A last row of a cell or two in a table of many is no record.
    private func dropTrailer(_ rows: inout [SniffedRows.Row], _ width: Int, into feed: inout SniffedFeed) {
        guard rows.count > 2, width > 3, let last = rows.last, last.cells.filter({ !$0.isEmpty }).count <= 2,
            let cell = last.cells.first, cell.filter(ValueLook.isLetter).count > 2
        else { return }
        let words = cell.prefix { !ValueLook.isDigit($0) && $0 < 0x80 }.prefix(24)
        let picture = FeedHeader.trimmed(ColumnProfile.text(Array(words)))
        guard picture.utf8.count > 2 else { return }
        rows.removeLast()
        feed.format.skip.append(FeedFormat.Picture(at: 1, picture.replacing("#", with: "?").replacing("@", with: "?")))
        feed.note("trailer", "\(picture)…", .guessed, because: "line \(last.line) has \(Self.plural(last.cells.filter { !$0.isEmpty }.count, "cell")) of \(width), and words")
    }

    private func remarkWidths(_ rows: [SniffedRows.Row], _ width: Int, into feed: inout SniffedFeed) {
        let short = rows.filter { $0.cells.count < width }
        if !short.isEmpty, short.count * 20 <= rows.count { feed.fullWidth = width }
        let long = rows.filter { $0.cells.count > width && $0.cells[width...].contains { !$0.isEmpty } }
        if let first = short.first { feed.remarks.append("\(Self.plural(short.count, "row")) of \(rows.count) have fewer cells than the header's \(width), the first on line \(first.line) with \(first.cells.count)") }
        if let first = long.first { feed.remarks.append("\(Self.plural(long.count, "row")) of \(rows.count) have more cells than the header's \(width), the first on line \(first.line) with \(first.cells.count)") }
    }

    private func profile(_ rows: [SniffedRows.Row], _ width: Int) -> ([ColumnProfile], Int) {
        var profiles = [ColumnProfile](repeating: ColumnProfile(), count: width)
        for row in rows {
            for column in 0..<width {
                if column < row.cells.count {
                    profiles[column].add(SniffedRows.collapsed(row.cells[column].prefix(1_000), guess.dialect))
                } else {
                    profiles[column].add([])
                }
            }
        }
        return (profiles, rows.count)
    }

    // MARK: Several kinds of row

    private func sniffKinds(_ rows: [SniffedRows.Row], into feed: inout SniffedFeed) {
        var order: [String] = []
        var byKind: [String: [SniffedRows.Row]] = [:]
        var others = 0
        for row in rows {
            let name = FeedHeader.trimmed(ColumnProfile.text(Array(row.cells[0])))
            guard (1...4).contains(name.utf8.count), name.utf8.allSatisfy({ ValueLook.isLetter($0) || ValueLook.isDigit($0) }) else {
                others += 1
                continue
            }
            if byKind[name] == nil { order.append(name) }
            byKind[name, default: []].append(row)
        }
        var seen: [(name: String, rows: Int, profiles: [ColumnProfile])] = []
        for name in order.prefix(12) {
            guard let rows = byKind[name] else { continue }
            let width = rows.map(\.cells.count).max() ?? 1
            seen.append((name, rows.count, profile(rows, min(width, 512)).0))
        }
        if others > 0 { feed.remarks.append("\(Self.plural(others, "row")) of no known kind: they are put aside") }
        let key = UnnamedColumns.sharedKey(seen.map { ($0.rows, $0.profiles) })
        for (name, count, profiles) in seen {
            let columns = UnnamedColumns.columns(profiles, of: count, type: 0, key: key)
            feed.kinds.append(SniffedFeed.Kind(name: name, count: count, columns: columns))
            feed.format.records.append(FeedFormat.RecordKind(name: name, columns: columns.map(\.name)))
        }
        feed.note("records", order.prefix(12).joined(separator: ", "), .likely, because: "the first cell names the kind of record, and each kind has a width of its own")
        feed.note("header", "none", .likely, because: "records of several kinds; the names are made up from their values")
        if key == nil, let first = order.first { feed.format.begins = first }
    }

    // MARK: In words

    static func shown(_ delimiter: UInt8) -> String {
        switch delimiter {
        case 0x09: "tab"
        case 0x20..<0x7F: String(UnicodeScalar(delimiter))
        default: "0x" + String(delimiter, radix: 16, uppercase: true)
        }
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    static func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
