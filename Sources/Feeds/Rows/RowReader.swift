/// Reads a feed of rows and cells: finds the header or knows the kinds of record, then tells of each row what it is.
final class RowReader: RecordReader {
    let encoding: TextEncoding
    let format: FeedFormat
    let limits: FeedLimits
    let row: RowCursor
    var kinds: [FeedColumns] = []
    /// Of each kind, where its columns of `group_by` are; nil for one that it lacks.
    private var keyColumns: [[Int?]] = []
    /// The same when it is one column and cells are not filled from above, -1 for a kind that lacks it; else none.
    private var soleKeys: [Int] = []
    /// Of each kind, how many columns it has.
    private var widths: [Int] = []
    /// The header as it stands in the file, without a byte order mark.
    var headerText: [UInt8]?

    private let splitter: any RowSplitting
    private let skips: [LinePicture]
    private let kindNames: [[UInt8]]
    private let beginningKind: Int?
    /// The encoding that the row just seen was read in, when it isn't the feed's.
    private var fallback: TextEncoding?
    private var isSetAside = false
    private var blankRows = 0
    private var repeatedHeaders = 0
    private var skippedRows = 0
    /// With `fill_down`, the cells of `group_by` that the row has or takes from above; nil for one that can't be told.
    private var filled: [[UInt8]?]
    private var scratch: [UInt8] = []

    init(format: FeedFormat, limits: FeedLimits, encoding: TextEncoding, input: RawInput) {
        self.format = format
        self.limits = limits
        self.encoding = encoding
        let buffer = TextBuffer(input: input, encoding: encoding)
        splitter =
            switch format.kind {
            case .fixed:
                FixedSplitter(buffer: buffer, encoding: encoding, format: format, limits: limits, byteOffset: input.bytes)
            case .csv, .json, .jsonLines, .xml:
                RowSplitter(buffer: buffer, encoding: encoding, format: format, limits: limits, byteOffset: input.bytes)
            }
        row = splitter.row
        skips = format.skip.map(LinePicture.init)
        kindNames = format.kind == .fixed ? [] : format.records.map { Array($0.name.utf8) }
        beginningKind = format.begins.flatMap { name in format.records.firstIndex { $0.name == name } }
        filled = format.fillDown ? format.groupBy.map { _ in nil } : []
    }

    /// Reads on to the next row of data, past blank rows, repeated headers and what the format skips.
    func next() throws -> SeenRecord {
        while true {
            let found = try splitter.next()
            if found == .end { return .end }
            if found == .row && splitter.isBlank {
                blankRows += 1
                continue
            }
            if found == .row && isHeaderAgain {
                repeatedHeaders += 1
                continue
            }
            if !skips.isEmpty && isSkipped { continue }
            let code = flaw(found)
            if !filled.isEmpty { fillDown() }
            return code.map { .bad($0) } ?? .data
        }
    }

    private func flaw(_ found: FoundRow) -> QuarantineCode? {
        fallback = nil
        isSetAside = false
        if !kindNames.isEmpty { row.kind = namedKind }
        if case .setAside(let code) = found {
            isSetAside = true
            return code
        }
        if !UTF8Check.isASCII(row.text, count: row.textCount), UTF8Check.firstInvalid(row.text, count: row.textCount) != nil {
            guard let other = fallbackEncoding else { return .badEncoding }
            fallback = other
        }
        guard let kind = row.kind else { return .unknownRecord }
        if row.hasStrayQuotes && row.cellCount != widths[kind] { return .strayQuote }
        if row.packedCells.isEmpty { return nil }
        for cell in row.packedCells where PackedNumber.text(of: packedBytes(cell)) == nil { return .badNumber }
        return nil
    }

    // MARK: The row just seen

    func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>?) throws -> Result) rethrows -> Result {
        guard let kind = row.kind else { return try body(nil) }
        if !soleKeys.isEmpty, fallback == nil, row.escapedCells.isEmpty, row.packedCells.isEmpty {
            let column = soleKeys[kind]
            guard column >= 0, column < row.cellCount else { return try body(nil) }
            let range = row.cells[column]
            let key = UnsafeBufferPointer(start: row.text + Int(range.offset), count: Int(range.length))
            return try body(key.allSatisfy { $0 <= 0x20 } ? nil : key)
        }
        scratch.removeAll(keepingCapacity: true)
        var isBlank = true
        var isWhole = true
        for (position, column) in keyColumns[kind].enumerated() {
            if position > 0 { scratch.append(0x1F) }
            if !filled.isEmpty {
                isWhole = isWhole && filled[position] != nil
                isBlank = false
                scratch.append(contentsOf: filled[position] ?? [])
            } else if let column, column < row.cellCount {
                let text = cell(column)
                isBlank = isBlank && Self.isBlank(text)
                scratch.append(contentsOf: text)
            }
        }
        return try scratch.withUnsafeBufferPointer { try body(isBlank || !isWhole ? nil : $0) }
    }

    var textCount: Int { row.textCount }
    var place: RecordPlace { RecordPlace(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset) }
    var isTruncated: Bool { row.truncated != nil }

    var beginning: Beginning {
        if row.kind == nil { return isSetAside ? .unknown : .continues }
        return row.kind == beginningKind ? .begins : .continues
    }

    func append(to group: FeedGroup) {
        group.append(row, kind: row.kind ?? 0, fallback: fallback, quote: format.quote ?? 0)
    }

    func count(in summary: inout FeedSummary) {
        let width = widths[row.kind ?? 0]
        if row.cellCount < width { summary.shortRows += 1 }
        if row.hasTextBeyond
            || row.cellCount > width && (width..<row.cellCount).contains(where: { row.cells[$0].length > 0 })
        {
            summary.rowsWithExtraCells += 1
        }
        if fallback != nil { summary.fallbackRows += 1 }
    }

    func countPassed(in summary: inout FeedSummary) {
        summary.blankRows = blankRows
        summary.repeatedHeaders = repeatedHeaders
        summary.skippedRows = skippedRows
    }

    var rawBytes: [UInt8] {
        if let truncated = row.truncated {
            return truncated.withUnsafeBufferPointer { encoding.rawBytes(of: $0, oddByte: row.buffer.oddByte) }
        }
        let text = UnsafeBufferPointer(start: row.text, count: row.textCount)
        return encoding.rawBytes(of: text, oddByte: row.buffer.oddByte)
    }

    func reason(_ code: QuarantineCode) -> String {
        switch code {
        case .badEncoding:
            let at = UTF8Check.firstInvalid(row.text, count: row.textCount) ?? 0
            let offset = row.byteOffset + encoding.rawLength(of: row.text, count: at)
            return "byte \(offset) of the file is not \(format.encoding.rawValue) text"
        case .unclosedQuote:
            return "\(code.explanation) on line \(row.lineTo)"
        case .strayQuote, .badRecord, .noJoinKey:
            return code.explanation
        case .badNumber:
            let names = row.packedCells.filter { PackedNumber.text(of: packedBytes($0)) == nil }.map { column in
                "'\(kinds[row.kind ?? 0].header.columns[column])'"
            }
            return "\(code.explanation): \(names.joined(separator: ", "))"
        case .rowTooLong:
            return "\(code.explanation): \(limits.rowBytes) bytes"
        case .tooManyColumns:
            return "\(code.explanation): \(limits.columns)"
        case .noGroupKey:
            return "\(code.explanation): \(format.groupBy.map { "'\($0)'" }.joined(separator: ", "))"
        case .groupTooLarge:
            return "\(code.explanation): \(limits.groupRows) rows, \(limits.groupBytes) bytes"
        case .unknownRecord:
            return "\(code.explanation): \(format.records.map { "'\($0.name)'" }.joined(separator: ", "))"
        case .noBeginning:
            return "\(code.explanation), or after one that was put aside: '\(format.begins ?? "")'"
        }
    }

    // MARK: Opening

    func open() throws {
        if !format.records.isEmpty {
            setKinds(format.records.map { ($0.name, FeedHeader(cells: $0.columns, line: nil, rawBytes: [])) })
            if let splitter = splitter as? RowSplitter, format.recordType == 1 {
                splitter.beginnings = kindNames.map { $0 + [format.delimiter] }
            }
        } else if format.kind == .fixed {
            setKinds([(nil, FeedHeader(cells: format.places.map(\.name), line: nil, rawBytes: []))])
        } else {
            let header = try readHeader()
            setKinds([(nil, header)])
            (splitter as? RowSplitter)?.width = header.columns.count
        }
    }

    private func setKinds(_ kinds: [(name: String?, header: FeedHeader)]) {
        self.kinds = kinds.map { FeedColumns(name: $0.name, header: $0.header) }
        widths = kinds.map { $0.header.columns.count }
        keyColumns = kinds.map { kind in format.groupBy.map { kind.header.index(of: $0) } }
        if format.groupBy.count == 1 && !format.fillDown { soleKeys = keyColumns.map { $0[0] ?? -1 } }
    }

    /// Reads on to the first row, other than a blank or skipped one, that `isWanted`; false when there is none.
    func advance(_ isWanted: (RowCursor) -> Bool) throws -> Bool {
        while true {
            switch try splitter.next() {
            case .end: return false
            case .setAside: continue
            case .row: if !splitter.isBlank && (skips.isEmpty || !isSkipped) && isWanted(row) { return true }
            }
        }
    }

    // MARK: What a row is

    private var fallbackEncoding: TextEncoding? {
        switch format.fallbackEncoding {
        case .windows1252: .windows1252
        case .latin1: .latin1
        case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .cp037, .cp500, nil: nil
        }
    }

    /// True for a row that a picture of the format fits, which is counted.
    private var isSkipped: Bool {
        let isSkipped: Bool
        if let truncated = row.truncated {
            isSkipped = truncated.withUnsafeBufferPointer { fitsSkip($0) }
        } else {
            isSkipped = fitsSkip(UnsafeBufferPointer(start: row.text, count: row.textCount))
        }
        if isSkipped { skippedRows += 1 }
        return isSkipped
    }

    private func fitsSkip(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress else { return false }
        var start = 0
        if format.recordBytes == nil {
            if RowCursor.startsWithMark(base, count: text.count) { start = 3 }
            while start < text.count && text[start] == 0x0C { start += 1 }
        }
        let isBytes = UTF8Check.isASCII(base, count: text.count) || (format.recordBytes != nil && !encoding.isSingleByte)
            || UTF8Check.firstInvalid(base, count: text.count) != nil
        let placed = UnsafeBufferPointer(rebasing: text[start...])
        return skips.contains { $0.fits(placed, isBytes: isBytes) }
    }

    /// The kind that the row's cell names.
    private var namedKind: Int? {
        guard let name = wholeCell(format.recordType - 1) else { return nil }
        var trimmed = name[...]
        while let first = trimmed.first, first <= 0x20 { trimmed.removeFirst() }
        while let last = trimmed.last, last <= 0x20 { trimmed.removeLast() }
        return kindNames.firstIndex { $0.elementsEqual(trimmed) }
    }

    /// Takes each key cell from the row above when this one's is blank.
    ///
    /// Below a row that was put aside before its own could be read, nobody can tell whose rows they are.
    private func fillDown() {
        guard let kind = row.kind else {
            if isSetAside { filled = filled.map { _ in nil } }
            return
        }
        for (position, column) in keyColumns[kind].enumerated() {
            guard let column else { continue }
            guard let text = wholeCell(column) else {
                if isSetAside { filled[position] = nil }
                continue
            }
            if Self.isBlank(text[...]) { continue }
            filled[position] = cell(column).withUnsafeBufferPointer { text in
                text.baseAddress.flatMap { UTF8Check.firstInvalid($0, count: text.count) } == nil ? Array(text) : nil
            }
        }
    }

    /// The bytes of a cell as they stand in the text; nil when the row has no such cell, or was put aside before it.
    private func wholeCell(_ position: Int) -> UnsafeBufferPointer<UInt8>? {
        guard row.truncated == nil, position < row.cellCount else { return nil }
        let range = row.cells[position]
        guard Int(range.offset + range.length) <= row.textCount else { return nil }
        return UnsafeBufferPointer(start: row.text + Int(range.offset), count: Int(range.length))
    }

    private static func isBlank(_ text: some Sequence<UInt8>) -> Bool {
        text.allSatisfy { $0 <= 0x20 }
    }

    private func packedBytes(_ position: Int) -> [UInt8] {
        let range = row.cells[position]
        return encoding.rawBytes(
            of: UnsafeBufferPointer(start: row.text + Int(range.offset), count: Int(range.length)), oddByte: 0)
    }

    private var isHeaderAgain: Bool {
        guard let headerText, row.textCount >= headerText.count, row.textCount <= headerText.count + 3 else {
            return false
        }
        return Array(UnsafeBufferPointer(start: row.text, count: row.textCount)).withoutMark == headerText
    }

    var cellTexts: [String] {
        (0..<row.cellCount).map { FeedHeader.trimmed(String(decoding: cell($0), as: UTF8.self)) }
    }

    /// The text of a cell of the row just seen, as a group would hold it.
    private func cell(_ position: Int) -> [UInt8] {
        let range = row.cells[position]
        let text = UnsafeBufferPointer(start: row.text + Int(range.offset), count: Int(range.length))
        if row.packedCells.contains(position) { return PackedNumber.text(of: packedBytes(position)) ?? [] }
        var bytes = Array(text)
        if row.escapedCells.contains(position), let quote = format.quote {
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
    var withoutMark: [UInt8] {
        starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
    }
}
