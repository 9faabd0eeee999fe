/// Looks at a file whose cells stand at fixed places: of lines, of lines on printed pages, or of records without line ends.
struct FixedSniffer {
    /// The records, a scalar a place; form feeds are blanks.
    private let lines: [[UInt8]]
    private let recordBytes: Int?
    private let isCut: Bool
    /// True when some lines begin with the character that a printer takes for a new page.
    private let hasFormFeeds: Bool

    private static let formFeed: UInt8 = 0x0C
    private static let linesMost = 5_000
    private static let placesMost = 4_096

    /// For a text with line ends.
    init(lines text: [UInt8], isCut: Bool) {
        var lines = text.split(separator: 0x0A, maxSplits: Self.linesMost, omittingEmptySubsequences: false).prefix(Self.linesMost).map { Self.line($0) }
        if isCut, lines.count > 1 { lines.removeLast() }
        self.lines = lines
        self.isCut = isCut
        hasFormFeeds = text.first == Self.formFeed || zip(text, text.dropFirst()).contains { $0 == 0x0A && $1 == Self.formFeed }
        recordBytes = nil
    }

    /// For one without.
    init(records text: [UInt8], length: Int) {
        lines = stride(from: 0, to: text.count - length + 1, by: length).prefix(Self.linesMost).map { Self.line(text[$0..<$0 + length]) }
        isCut = false
        hasFormFeeds = false
        recordBytes = length
    }

    /// One byte a character, so that places are counted as the reader counts them; letters beyond ASCII are 0x80 until shown.
    private static func line(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var line: [UInt8] = []
        for byte in text.prefix(placesMost * 2) where byte & 0xC0 != 0x80 {
            line.append(byte >= 0xC0 ? UInt8(ascii: "?") : byte < 0x20 ? 0x20 : byte)
        }
        while line.last == 0x20 { line.removeLast() }
        return line
    }

    // MARK: Is it one?

    /// Where the blanks of all lines lie above one another, they are what parts the cells.
    static func fits(_ text: [UInt8], beside guess: RowGuess?) -> Bool {
        let sniffer = FixedSniffer(lines: Array(text.prefix(256 << 10)), isCut: text.count > 256 << 10)
        let data = sniffer.dataLines(pages: PageLines(sniffer.lines))
        guard data.count >= 4 else { return false }
        let isAligned = sniffer.cells(of: data).count >= 3
        guard let guess else { return isAligned }
        if guess.hasKinds || (guess.agreeing >= 0.8 && guess.width >= 3) { return false }
        let lengths = Dictionary(grouping: data, by: \.count).mapValues(\.count)
        let isOneLength = (lengths.values.max() ?? 0) * 10 >= data.count * 9 && data[0].count >= 20
        return isAligned || isOneLength
    }

    /// How long the records are in a text without line ends: the length at which letters stand below letters and digits below digits.
    static func recordLength(_ text: [UInt8], fileBytes: Int?) -> Int? {
        let head = text.prefix(32 << 10).map { byte -> UInt8 in
            ValueLook.isDigit(byte) ? 1 : ValueLook.isLetter(byte) ? 2 : byte == 0x20 ? 0 : 3
        }
        func score(_ length: Int, _ most: Int) -> Double {
            var same = 0, all = 0
            for i in 0..<min(head.count - length, most) where head[i] != 0 || head[i + length] != 0 {
                all += 1
                if head[i] == head[i + length] { same += 1 }
            }
            return all == 0 ? 0 : Double(same) / Double(all)
        }
        func best(among lengths: [Int], _ most: Int) -> Int? {
            let scored = lengths.map { ($0, score($0, most)) }
            guard let top = scored.map(\.1).max(), top > 0.55 else { return nil }
            guard let found = scored.first(where: { $0.1 >= top * 0.97 })?.0 else { return nil }
            // Where every fourth record is alike, four records fit still better than one.
            return scored.first { found % $0.0 == 0 && $0.1 >= top * 0.75 }?.0 ?? found
        }
        let most = min(Self.placesMost, head.count / 2)
        guard most >= 16 else { return nil }
        if let fileBytes, let found = best(among: (16...most).filter { fileBytes % $0 == 0 }, 16 << 10) { return found }
        return best(among: Array(16...most), 4 << 10)
    }

    // MARK: Looking

    func sniff(into feed: inout SniffedFeed) {
        feed.format.kind = .fixed
        feed.format.recordBytes = recordBytes
        if let recordBytes {
            feed.note("format", "fixed", .likely, because: "records of \(recordBytes) bytes without line ends: what stands in one place is alike in all")
        } else {
            feed.note("format", "fixed", .likely, because: "blanks stand above one another in all lines")
        }
        let pages = recordBytes == nil ? PageLines(lines) : PageLines([])
        feed.format.skip = pages.pictures
        if hasFormFeeds { feed.format.skip.append(FeedFormat.Picture(at: 1, "\u{0C}")) }
        if !pages.pictures.isEmpty {
            feed.note("pages", RowSniffer.plural(pages.pictures.count, "line") + " of page headers", .guessed, because: "they come again every \(pages.period) lines")
        }
        let data = dataLines(pages: pages)
        let kinds = Self.kinds(data)
        if kinds.count > 1 {
            sniffKinds(kinds, into: &feed)
        } else {
            sniffTable(data, headings: pages.examples, into: &feed)
        }
        if feed.format.places.isEmpty && feed.format.records.isEmpty { feed.format.places = [FeedFormat.FixedColumn("TEXT", 1, max(1, lines.map(\.count).max() ?? 1))] }
        feed.remarks.append("the places of columns are where all \(data.count) records that were looked at have blanks, so a wider value may cross them: compare with the layout, if there is one")
    }

    private func sniffTable(_ all: [[UInt8]], headings: [[UInt8]], into feed: inout SniffedFeed) {
        var data = all
        var headings = headings
        // A heading that stands once, above the data.
        if let first = data.first, data.count > 3, ValueLook.digits(first) == 0, first.split(separator: 0x20).count > 2,
            data.dropFirst().prefix(20).allSatisfy({ ValueLook.digits($0) > 0 }) {
            headings.append(first)
            data.removeFirst()
            feed.format.skip.append(PageLines.picture(of: first))
        }
        let cells = cells(of: data)
        guard !cells.isEmpty else { return }
        let profiles = Self.profiles(data, cells)
        var columns = UnnamedColumns.columns(profiles, of: data.count)
        if let names = Self.names(cells, headings) {
            columns = profiles.enumerated().map { place, profile in
                names[place].isEmpty ? columns[place] : profile.column(names[place], of: data.count)
            }
            feed.note("header", "above the columns", .likely, because: "a line of words stands over them")
        } else {
            feed.note("header", "none", .guessed, because: "the names are made up from the values")
        }
        feed.format.places = zip(columns, cells).map { FeedFormat.FixedColumn($0.name, $1.lowerBound + 1, $1.count) }
        feed.kinds = [SniffedFeed.Kind(name: nil, count: data.count, columns: columns)]
    }

    private func sniffKinds(_ kinds: [(name: String, lines: [[UInt8]])], into feed: inout SniffedFeed) {
        let cells = kinds.map { self.cells(of: $0.lines, splittingFirst: true) }
        let profiles = zip(kinds, cells).map { Self.profiles($0.lines, $1) }
        let key = UnnamedColumns.sharedKey(zip(kinds, profiles).map { ($0.lines.count, $1) })
        for (place, kind) in kinds.enumerated() {
            let columns = UnnamedColumns.columns(profiles[place], of: kind.lines.count, type: 0, key: key)
            feed.kinds.append(SniffedFeed.Kind(name: kind.name, count: kind.lines.count, columns: columns))
            feed.format.records.append(FeedFormat.RecordKind(
                name: kind.name, places: zip(columns, cells[place]).map { FeedFormat.FixedColumn($0.name, $1.lowerBound + 1, $1.count) },
                match: [FeedFormat.Picture(at: 1, kind.name)]))
        }
        feed.note("records", kinds.map(\.name).joined(separator: ", "), .guessed, because: "the first character is one of \(kinds.count) letters")
        if key == nil, let first = kinds.first { feed.format.begins = first.name }
    }

    private func dataLines(pages: PageLines) -> [[UInt8]] {
        lines.enumerated().filter { !pages.places.contains($0.offset) && $0.element.contains { $0 != 0x20 && $0 != 0x1A } }.map(\.element)
    }

    /// Records by their first letter, when it is one of few and each is met again.
    private static func kinds(_ data: [[UInt8]]) -> [(name: String, lines: [[UInt8]])] {
        var order: [UInt8] = []
        var byLetter: [UInt8: [[UInt8]]] = [:]
        for line in data {
            guard line.count > 8, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(line[0]), line[1] == 0x20 || ValueLook.isDigit(line[1]) else { return [] }
            if byLetter[line[0]] == nil { order.append(line[0]) }
            byLetter[line[0], default: []].append(line)
            if order.count > 6 { return [] }
        }
        guard order.count > 1, byLetter.values.filter({ $0.count > 1 }).count > 1 else { return [] }
        return order.map { (String(UnicodeScalar($0)), byLetter[$0] ?? []) }
    }

    // MARK: Places

    private static func at(_ line: [UInt8], _ place: Int) -> UInt8 { place < line.count ? line[place] : 0x20 }

    /// Where the cells lie, counted from 0: from each's first character to the next one's.
    private func cells(of data: [[UInt8]], splittingFirst: Bool = false) -> [Range<Int>] {
        let width = min(data.map(\.count).max() ?? 0, Self.placesMost)
        guard width > 0 else { return [] }
        let strays = data.count / 200
        var starts: [Int] = splittingFirst ? [0, 1] : []
        var wasBlank = true
        var runs: [Range<Int>] = []
        for place in 0...width {
            var written = 0
            if place < width { for line in data where Self.at(line, place) != 0x20 { written += 1 } }
            let isBlank = written <= strays
            if wasBlank, !isBlank { runs.append(place..<place + 1) }
            if !wasBlank, isBlank { runs[runs.count - 1] = runs[runs.count - 1].lowerBound..<place }
            wasBlank = isBlank
        }
        for run in runs {
            starts.append(run.lowerBound)
            starts += Self.starts(within: run, Array(data.prefix(500)))
        }
        let sorted = Set(starts).sorted()
        return sorted.enumerated().map { $1..<($0 + 1 < sorted.count ? sorted[$0 + 1] : width) }
    }

    /// Cells that touch: a VIN or a day among digits, and digits beside letters in all lines.
    private static func starts(within run: Range<Int>, _ data: [[UInt8]]) -> [Int] {
        guard run.count > 8 else { return [] }
        var starts: Set<Int> = []
        func share(_ fits: ([UInt8]) -> Bool) -> Double { Double(data.filter(fits).count) / Double(data.count) }
        func slice(_ line: [UInt8], _ from: Int, _ count: Int) -> [UInt8] { (from..<from + count).map { at(line, $0) } }
        var vin: Range<Int>?
        if run.count > 17 {
            for from in run.lowerBound...run.upperBound - 17 where share({ ValueLook.hasRightCheckDigit(slice($0, from, 17)) && ValueLook.isVIN(slice($0, from, 17)) }) >= 0.6 {
                vin = from..<from + 17
                starts.formUnion([from, from + 17])
                break
            }
        }
        let isDigit = run.map { place in share { ValueLook.isDigit(at($0, place)) } >= 0.995 }
        let isOther = run.map { place in share { !ValueLook.isDigit(at($0, place)) && at($0, place) != UInt8(ascii: "{") } >= 0.995 }
        for i in 2..<max(2, run.count - 1) where vin?.contains(run.lowerBound + i) != true {
            if isOther[i - 2], isOther[i - 1], isDigit[i], isDigit[i + 1] { starts.insert(run.lowerBound + i) }
            if isDigit[i - 2], isDigit[i - 1], isOther[i], isOther[i + 1] { starts.insert(run.lowerBound + i) }
        }
        let days = DateForms(["YYYYMMDD", "MMDDYYYY"])
        var from = run.lowerBound
        while from + 8 <= run.upperBound {
            if run.count > 8, (from..<from + 8).allSatisfy({ isDigit[$0 - run.lowerBound] }), vin?.overlaps(from..<from + 8) != true,
                share({ isRecentDay(slice($0, from, 8), days) }) >= 0.98 {
                starts.formUnion([from, from + 8])
                from += 8
            } else {
                from += 1
            }
        }
        return starts.filter { run.contains($0) }
    }

    private static func isRecentDay(_ digits: [UInt8], _ days: DateForms) -> Bool {
        let forms = DateForms(of: digits).intersection(days)
        let year = forms.contains(DateForms(["YYYYMMDD"])) ? digits.prefix(4) : digits.suffix(4)
        return !forms.isEmpty && year.starts(with: "20".utf8) && (UInt8(ascii: "1")...UInt8(ascii: "3")).contains(year[year.startIndex + 2])
    }

    private static func profiles(_ data: [[UInt8]], _ cells: [Range<Int>]) -> [ColumnProfile] {
        var profiles = [ColumnProfile](repeating: ColumnProfile(), count: cells.count)
        for line in data {
            for (place, cell) in cells.enumerated() {
                profiles[place].add(cell.lowerBound < line.count ? line[cell.lowerBound..<min(cell.upperBound, line.count)] : [])
            }
        }
        return profiles
    }

    /// The words over the columns, of the heading that has the most; nil when none has enough.
    private static func names(_ cells: [Range<Int>], _ headings: [[UInt8]]) -> [String]? {
        let named = headings.map { heading in
            cells.map { cell -> String in
                // The heading may begin a little before its column, when numbers stand to the right.
                guard cell.lowerBound < heading.count else { return "" }
                var from = cell.lowerBound
                while from > 0, heading[from] != 0x20, heading[from - 1] != 0x20 { from -= 1 }
                let text = FeedHeader.trimmed(ColumnProfile.text(Array(heading[from..<min(cell.upperBound, heading.count)])))
                return text.utf8.contains(where: ValueLook.isLetter) ? text : ""
            }
        }
        guard let best = named.max(by: { $0.filter { !$0.isEmpty }.count < $1.filter { !$0.isEmpty }.count }), best.filter({ !$0.isEmpty }).count * 2 > cells.count else { return nil }
        let unique = FeedHeader(cells: best.enumerated().map { $1.isEmpty ? " \($0)" : $1 }, line: nil, rawBytes: []).columns
        return zip(best, unique).map { $0.isEmpty ? "" : $1 }
    }
}
