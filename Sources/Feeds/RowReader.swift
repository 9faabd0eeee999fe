/// Reads a feed of rows and cells: finds the header, then tells of each row what it is.
final class RowReader: RecordReader {
    let splitter: RowSplitter
    private(set) var header = FeedHeader(cells: [], line: nil, rawBytes: [])
    var kinds: [FeedColumns] { [FeedColumns(name: nil, header: header)] }
    let encoding: TextEncoding
    /// The encoding that the row just seen was read in, when it isn't the feed's.
    private var fallback: TextEncoding?
    private var blankRows = 0
    private var repeatedHeaders = 0

    private let format: FeedFormat
    private let limits: FeedLimits
    private var headerText: [UInt8]?
    private var keyColumns: [Int] = []
    private var scratch: [UInt8] = []

    init(format: FeedFormat, limits: FeedLimits, encoding: TextEncoding, input: RawInput) {
        self.format = format
        self.limits = limits
        self.encoding = encoding
        let buffer = TextBuffer(input: input, encoding: encoding)
        splitter = RowSplitter(buffer: buffer, encoding: encoding, format: format, limits: limits, byteOffset: input.bytes)
    }

    /// Reads on to the next row of data, past blank rows and repeated headers.
    func next() throws -> SeenRecord {
        while true {
            switch try splitter.next() {
            case .end:
                return .end
            case .setAside(let code):
                return .bad(code)
            case .row:
                if isBlank {
                    blankRows += 1
                    continue
                }
                if isHeaderAgain {
                    repeatedHeaders += 1
                    continue
                }
                fallback = nil
                if !UTF8Check.isASCII(splitter.text, count: splitter.textCount),
                    UTF8Check.firstInvalid(splitter.text, count: splitter.textCount) != nil
                {
                    guard let other = fallbackEncoding else { return .bad(.badEncoding) }
                    fallback = other
                }
                if splitter.hasStrayQuotes && splitter.width > 0 && splitter.cellCount != splitter.width {
                    return .bad(.strayQuote)
                }
                return .data
            }
        }
    }

    // MARK: The row just seen

    func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>?) throws -> Result) rethrows -> Result {
        if keyColumns.count == 1, fallback == nil, splitter.escapedCells.isEmpty {
            guard keyColumns[0] < splitter.cellCount else { return try body(nil) }
            let range = splitter.cells[keyColumns[0]]
            let key = UnsafeBufferPointer(start: splitter.text + Int(range.offset), count: Int(range.length))
            return try body(key.allSatisfy { $0 <= 0x20 } ? nil : key)
        }
        scratch.removeAll(keepingCapacity: true)
        var isBlank = true
        for (position, column) in keyColumns.enumerated() {
            if position > 0 { scratch.append(0x1F) }
            if column < splitter.cellCount {
                let text = cell(column)
                isBlank = isBlank && text.allSatisfy { $0 <= 0x20 }
                scratch.append(contentsOf: text)
            }
        }
        return try scratch.withUnsafeBufferPointer { try body(isBlank ? nil : $0) }
    }

    var textCount: Int { splitter.textCount }
    var place: RecordPlace { RecordPlace(lineFrom: splitter.lineFrom, lineTo: splitter.lineTo, byteOffset: splitter.byteOffset) }
    var isTruncated: Bool { splitter.truncated != nil }

    func append(to group: FeedGroup) {
        group.append(splitter, fallback: fallback, quote: format.quote ?? 0)
    }

    func count(in summary: inout FeedSummary) {
        let width = header.columns.count
        if splitter.cellCount < width { summary.shortRows += 1 }
        if splitter.cellCount > width, (width..<splitter.cellCount).contains(where: { splitter.cells[$0].length > 0 }) {
            summary.rowsWithExtraCells += 1
        }
        if fallback != nil { summary.fallbackRows += 1 }
    }

    func countPassed(in summary: inout FeedSummary) {
        summary.blankRows = blankRows
        summary.repeatedHeaders = repeatedHeaders
    }

    var rawBytes: [UInt8] {
        if let truncated = splitter.truncated {
            return truncated.withUnsafeBufferPointer { encoding.rawBytes(of: $0, oddByte: splitter.buffer.oddByte) }
        }
        let text = UnsafeBufferPointer(start: splitter.text, count: splitter.textCount)
        return encoding.rawBytes(of: text, oddByte: splitter.buffer.oddByte)
    }

    func reason(_ code: QuarantineCode) -> String {
        switch code {
        case .badEncoding:
            let at = UTF8Check.firstInvalid(splitter.text, count: splitter.textCount) ?? 0
            let offset = splitter.byteOffset + encoding.rawLength(of: splitter.text, count: at)
            return "byte \(offset) of the file is not \(format.encoding.rawValue) text"
        case .unclosedQuote:
            return "\(code.explanation) on line \(splitter.lineTo)"
        case .strayQuote:
            return code.explanation
        case .rowTooLong:
            return "\(code.explanation): \(limits.rowBytes) bytes"
        case .tooManyColumns:
            return "\(code.explanation): \(limits.columns)"
        case .noGroupKey:
            return "\(code.explanation): \(format.groupBy.map { "'\($0)'" }.joined(separator: ", "))"
        case .groupTooLarge:
            return "\(code.explanation): \(limits.groupRows) rows, \(limits.groupBytes) bytes"
        case .badRecord, .unknownRecord, .noBeginning, .noJoinKey:
            return code.explanation
        }
    }

    // MARK: Header

    func open() throws {
        switch format.header {
        case .names(let names):
            setHeader(FeedHeader(cells: names, line: nil, rawBytes: []))
        case .firstRow:
            guard try advance({ _ in true }) else { throw FeedError.empty }
            takeHeader()
        case .line(let line):
            guard try advance({ $0.splitter.lineTo >= line }), splitter.lineFrom <= line else {
                throw FeedError.noHeader(reason: "feed.header = \(line), but no row starts on line \(line)")
            }
            takeHeader()
        case .find(let names):
            try find(names)
            takeHeader()
        }
        for (setting, columns) in [("group_by", format.groupBy), ("order", format.order)] {
            for column in columns where header.index(of: column) == nil {
                throw FeedError.missingColumn(
                    name: column, setting: setting, header: header.columns, hint: hint(for: column))
            }
        }
        keyColumns = format.groupBy.compactMap { header.index(of: $0) }
    }

    /// Reads on to the first row, other than a blank one, that `isWanted`.
    private func advance(_ isWanted: (RowReader) -> Bool) throws -> Bool {
        while true {
            switch try splitter.next() {
            case .end: return false
            case .setAside: continue
            case .row: if !isBlank && isWanted(self) { return true }
            }
        }
    }

    private func find(_ names: [String]) throws {
        var seen = 0
        var best: (line: Int, missing: [String], cells: [String])?
        while seen < limits.headerSearchRows, try advance({ _ in true }) {
            seen += 1
            let cells = cellTexts
            let missing = names.filter { !cells.contains($0) }
            if missing.isEmpty { return }
            if missing.count < names.count, missing.count < best?.missing.count ?? Int.max {
                best = (splitter.lineFrom, missing, cells)
            }
        }
        if seen == 0 { throw FeedError.empty }
        let wanted = names.map { "'\($0)'" }.joined(separator: ", ")
        var reason = "none of the first \(seen) rows has all of \(wanted)"
        if let best {
            let missing = best.missing.map { "'\($0)'\(Spelling.hint(for: $0, among: best.cells))" }
            reason += "; line \(best.line) comes nearest and lacks \(missing.joined(separator: ", "))"
        }
        throw FeedError.noHeader(reason: reason)
    }

    private func takeHeader() {
        headerText = Array(UnsafeBufferPointer(start: splitter.text, count: splitter.textCount)).withoutMark
        setHeader(FeedHeader(cells: cellTexts, line: splitter.lineFrom, rawBytes: rawBytes))
    }

    private func setHeader(_ header: FeedHeader) {
        self.header = header
        splitter.width = header.columns.count
    }

    private func hint(for column: String) -> String {
        let hint = Spelling.hint(for: column, among: header.columns)
        guard hint.isEmpty, header.columns.count == 1 else { return hint }
        for (other, name) in [(";", "\";\""), ("\t", "\"\\t\""), ("|", "\"|\""), (",", "\",\"")] {
            let count = header.columns[0].split(separator: other, omittingEmptySubsequences: false).count - 1
            if count > 0 { return "; the header is one cell with \(count) \(name) in it: is feed.delimiter \(name)?" }
        }
        return hint
    }

    // MARK: The row at hand

    private var fallbackEncoding: TextEncoding? {
        switch format.fallbackEncoding {
        case .windows1252: .windows1252
        case .latin1: .latin1
        case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .cp037, .cp500, nil: nil
        }
    }

    /// True when no cell has text, and when the line has only spaces, NULs and Ctrl-Z.
    private var isBlank: Bool {
        let text = splitter.text
        let count = splitter.textCount
        if splitter.truncated != nil { return false }
        if count > 0 && text[0] > 0x20 && text[0] != format.delimiter && text[0] != format.quote && text[0] != 0xEF {
            return false
        }
        for i in 0..<splitter.cellCount where splitter.cells[i].length > 0 {
            let cell = splitter.cells[i]
            for k in Int(cell.offset)..<Int(cell.offset + cell.length) where !Self.isFiller(text[k]) { return false }
        }
        return true
    }

    private static func isFiller(_ byte: UInt8) -> Bool {
        byte == 0 || byte == 0x1A || byte == UInt8(ascii: " ")
    }

    private var isHeaderAgain: Bool {
        guard let headerText, splitter.textCount >= headerText.count, splitter.textCount <= headerText.count + 3 else {
            return false
        }
        return Array(UnsafeBufferPointer(start: splitter.text, count: splitter.textCount)).withoutMark == headerText
    }

    private var cellTexts: [String] {
        (0..<splitter.cellCount).map { FeedHeader.trimmed(String(decoding: cell($0), as: UTF8.self)) }
    }

    /// The text of a cell of the row just seen, as a group would hold it.
    private func cell(_ position: Int) -> [UInt8] {
        let range = splitter.cells[position]
        let text = UnsafeBufferPointer(start: splitter.text + Int(range.offset), count: Int(range.length))
        var bytes = Array(text)
        if splitter.escapedCells.contains(position), let quote = format.quote {
            bytes = Array(unsafeUninitializedCapacity: bytes.count) { output, count in
                guard let base = output.baseAddress, let source = text.baseAddress else { return }
                count = Unquoting.collapse(source, count: text.count, quote: quote, to: base)
            }
        }
        guard let fallback else { return bytes }
        return Array(unsafeUninitializedCapacity: TextDecoder.capacity(forRaw: bytes.count)) { output, count in
            guard let base = output.baseAddress else { return }
            count = bytes.withUnsafeBytes { TextDecoder.decodeBytes($0, isWindows: fallback == .windows1252, to: base) }
        }
    }
}

extension [UInt8] {
    fileprivate var withoutMark: [UInt8] {
        starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
    }
}
