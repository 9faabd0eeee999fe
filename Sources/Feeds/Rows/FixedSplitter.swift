/// Cuts lines, or records of one length, into cells at fixed places.
///
/// A place is counted in characters of the decoded text; in records of a length given in bytes it is a byte of the file. A byte
/// order mark and the form feeds of page breaks at the start of a line have no place.
final class FixedSplitter: RowSplitting {
    let row: RowCursor
    /// True when each byte of the row's text was taken for a character.
    @exclusivity(unchecked) private var isBytes = true

    private let buffer: TextBuffer
    private let limits: FeedLimits
    private let recordBytes: Int?
    private let kinds: [Kind]
    /// Where each character of a row starts, when some are of several bytes.
    private var starts: [UInt32] = []
    @exclusivity(unchecked) private var startOfCells = 0

    private struct Column {
        /// The place of its first character, counted from 0.
        let first: Int
        let length: Int
        let isPacked: Bool
    }

    private struct Kind {
        let columns: [Column]
        let pictures: [LinePicture]
        /// The place after the last that any column has.
        let width: Int
        let packed: [Int]

        init(places: [FeedFormat.FixedColumn], match: [FeedFormat.Picture]) {
            columns = places.map { Column(first: $0.first - 1, length: $0.length, isPacked: $0.isPacked) }
            pictures = match.map(LinePicture.init)
            width = places.map { $0.first - 1 + $0.length }.max() ?? 0
            packed = places.indices.filter { places[$0].isPacked }
        }
    }

    init(buffer: TextBuffer, encoding: TextEncoding, format: FeedFormat, limits: FeedLimits, byteOffset: Int) {
        self.buffer = buffer
        self.limits = limits
        recordBytes = format.recordBytes
        kinds =
            format.records.isEmpty
            ? [Kind(places: format.places, match: [])] : format.records.map { Kind(places: $0.places, match: $0.match) }
        row = RowCursor(
            buffer: buffer, encoding: encoding, limits: limits, byteOffset: byteOffset,
            mostCells: kinds.map(\.columns.count).max() ?? 0)
    }

    /// The text in which places are counted.
    private var placedText: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: row.text + startOfCells, count: row.textCount - startOfCells)
    }

    @exclusivity(unchecked) private(set) var isBlank = false

    /// Finds the next row.
    ///
    /// - Throws: ``FeedError/brokenRecord(bytes:recordBytes:)`` when the file ends within a record.
    func next() throws -> FoundRow {
        row.advance()
        isBlank = false
        while true {
            if buffer.start == buffer.end {
                if buffer.isAtEnd { return .end }
                try buffer.fill()
                continue
            }
            if let recordBytes {
                if let end = endOfRecord(recordBytes) {
                    take(end: end, next: end)
                    return .row
                }
                if buffer.isAtEnd {
                    try passPadding(recordBytes)
                    return .end
                }
            } else {
                let count = row.available
                let end = lineLength(count: count)
                if end > limits.rowBytes {
                    row.kind = nil
                    return try row.takeLongLine()
                }
                if let next = row.lineEnd(at: end, count: count) {
                    take(end: end, next: next)
                    return .row
                }
            }
            try buffer.fill()
        }
    }

    // MARK: Finding the end

    /// Returns where the line ends, looking at eight bytes at a time.
    private func lineLength(count: Int) -> Int {
        let text = row.text
        let raw = UnsafeRawPointer(text)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        var i = 0
        while i + 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            let feed = word ^ (ones &* UInt64(UInt8(ascii: "\n")))
            let carriage = word ^ (ones &* UInt64(UInt8(ascii: "\r")))
            if ((feed &- ones) & ~feed | (carriage &- ones) & ~carriage) & high != 0 { break }
            i += 8
        }
        return row.endOfLine(from: i, count: count)
    }

    /// Returns where the record ends, or nil when it isn't there whole.
    private func endOfRecord(_ recordBytes: Int) -> Int? {
        let count = row.available
        guard count >= recordBytes else { return nil }
        guard row.encoding.isSingleByte, !UTF8Check.isASCII(row.text, count: recordBytes) else { return recordBytes }
        let text = row.text
        var end = 0
        for _ in 0..<recordBytes {
            guard end < count else { return nil }
            end += text[end] < 0x80 ? 1 : text[end] < 0xE0 ? 2 : 3
        }
        return end <= count ? end : nil
    }

    /// Passes what may stand after the last record: NULs, Ctrl-Z and a line end.
    private func passPadding(_ recordBytes: Int) throws {
        let rest = UnsafeBufferPointer(start: row.text, count: row.available)
        let isPadding = rest.indices.allSatisfy { i in
            switch rest[i] {
            case 0, 0x1A, UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
            case 0xC2: i + 1 < rest.count && rest[i + 1] == 0x85
            case 0x85: i > 0 && rest[i - 1] == 0xC2
            default: false
            }
        }
        guard isPadding else {
            let bytes = row.byteOffset + row.encoding.rawLength(of: row.text, count: rest.count)
            throw FeedError.brokenRecord(bytes: bytes, recordBytes: recordBytes)
        }
        row.take(next: rest.count, lineEndsInside: 0)
    }

    // MARK: Cutting

    private func take(end: Int, next: Int) {
        let text = row.text
        row.textCount = end
        row.take(next: next, lineEndsInside: 0)
        var start = 0
        if recordBytes == nil {
            if RowCursor.startsWithMark(text, count: end) { start = 3 }
            while start < end && text[start] == 0x0C { start += 1 }
        }
        startOfCells = start
        let placed = placedText
        row.cellCount = 0
        row.hasTextBeyond = false
        isBlank = placed.allSatisfy { $0 <= 0x20 }
        if isBlank { return }
        isBytes = UTF8Check.isASCII(text, count: end) || (recordBytes != nil && !row.encoding.isSingleByte)
            || UTF8Check.firstInvalid(text, count: end) != nil
        row.kind = kinds.firstIndex { kind in kind.pictures.allSatisfy { $0.fits(placed, isBytes: isBytes) } }
        guard let kind = row.kind else { return }
        cut(placed, kinds[kind])
    }

    private func cut(_ placed: UnsafeBufferPointer<UInt8>, _ kind: Kind) {
        row.cellCount = kind.columns.count
        row.packedCells = kind.packed
        guard let text = placed.baseAddress else { return }
        let beyond: Int
        if isBytes {
            cut(text, kind, count: placed.count) { $0 }
            beyond = min(kind.width, placed.count)
        } else {
            findStarts(placed)
            starts.withUnsafeBufferPointer { starts in cut(text, kind, count: starts.count - 1) { Int(starts[$0]) } }
            beyond = Int(starts[min(kind.width, starts.count - 1)])
        }
        row.hasTextBeyond = placed[beyond...].contains { $0 > 0x20 }
    }

    /// - Parameter offset: where the character at a place, counted from 0, starts in the text.
    @inline(__always)
    private func cut(_ text: UnsafePointer<UInt8>, _ kind: Kind, count: Int, at offset: (Int) -> Int) {
        let cells = row.cells
        let startOfCells = self.startOfCells
        for (position, column) in kind.columns.enumerated() {
            let first = min(column.first, count)
            var begin = offset(first)
            var end = offset(min(first + column.length, count))
            if !column.isPacked {
                while begin < end && Self.isBlank(text[begin]) { begin += 1 }
                while begin < end && Self.isBlank(text[end - 1]) { end -= 1 }
            }
            cells[position] = CellRange(offset: UInt32(startOfCells + begin), length: UInt32(end - begin))
        }
    }

    private func findStarts(_ placed: UnsafeBufferPointer<UInt8>) {
        starts.removeAll(keepingCapacity: true)
        for i in placed.indices where placed[i] & 0xC0 != 0x80 { starts.append(UInt32(i)) }
        starts.append(UInt32(placed.count))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == 0
    }
}
