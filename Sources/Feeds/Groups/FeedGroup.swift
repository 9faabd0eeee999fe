/// The rows of one repair order, in the order of the file.
///
/// A group owns one block of bytes: its key, then the text of each row, quotes and all, with the cells as ranges into it; a
/// cell whose text differs from what the file spells (doubled quotes, another encoding, a packed number) lies behind its row. The reader uses
/// a group again once nobody else holds it, so keep it as long as needed, and no longer. While someone holds it nothing
/// changes it, which is why it may be read on another thread.
public final class FeedGroup: @unchecked Sendable {
    /// Number of rows; at least 1.
    public var count: Int { rows.count }

    @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
    @usableFromInline var cells: UnsafeMutablePointer<CellRange>
    @usableFromInline var rows: [Row] = []

    var isComplete = false
    var nextWithTag: FeedGroup?
    private var byteCount = 0
    private var keyCount = 0
    private var byteCapacity: Int
    private var cellCapacity: Int
    private var cellCount = 0
    let encoding: TextEncoding

    @usableFromInline
    struct Row {
        @usableFromInline var firstCell: Int
        @usableFromInline var cellCount: Int
        var textOffset: Int
        var textCount: Int
        var place: RecordPlace
        /// Which of the feed's kinds of record it is.
        var kind: Int
        var isFallback: Bool
        var oddByte: UInt8
    }

    init(encoding: TextEncoding) {
        self.encoding = encoding
        byteCapacity = 2_048
        cellCapacity = 128
        bytes = .allocate(capacity: byteCapacity)
        cells = .allocate(capacity: cellCapacity)
    }

    deinit {
        bytes.deallocate()
        cells.deallocate()
    }

    /// The key as text; for several columns, their cells with U+001F between them. "" when the feed is not grouped.
    public var key: String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: keyCount), as: UTF8.self)
    }

    /// The row at a position, counted from 0.
    @inlinable
    public subscript(position: Int) -> FeedRow {
        precondition(rows.indices.contains(position), "a group has no row at this position")
        return FeedRow(group: self, position: position)
    }

    /// Calls `body` with the bytes that ``FeedRow/withCellRanges(_:)`` points into.
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: bytes, count: usedBytes))
    }

    @usableFromInline var usedBytes: Int { byteCount }

    /// How much the group holds, in bytes.
    var heldBytes: Int {
        byteCount + cellCount * MemoryLayout<CellRange>.stride + rows.count * MemoryLayout<Row>.stride
    }

    func begin(key: UnsafeBufferPointer<UInt8>) {
        rows.removeAll(keepingCapacity: true)
        cellCount = 0
        byteCount = 0
        isComplete = false
        nextWithTag = nil
        reserve(bytes: key.count)
        if let base = key.baseAddress { bytes.update(from: base, count: key.count) }
        byteCount = key.count
        keyCount = key.count
    }

    func hasKey(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        keyCount == key.count && (0..<keyCount).allSatisfy { bytes[$0] == key[$0] }
    }

    /// True when keeping this group for its memory would keep too much.
    var isLarge: Bool { byteCapacity + cellCapacity * MemoryLayout<CellRange>.stride > 256 << 10 }

    /// Copies the row that a splitter found.
    func append(_ row: RowCursor, kind: Int, fallback: TextEncoding?, quote: UInt8) {
        let textCount = row.textCount
        let found = row.cellCount
        let textOffset = byteCount
        reserve(bytes: textCount)
        (bytes + byteCount).update(from: row.text, count: textCount)
        byteCount += textCount
        reserve(cells: found)
        let base = UInt32(textOffset)
        let target = cells + cellCount
        let source = row.cells
        for i in 0..<found {
            target[i] = CellRange(offset: source[i].offset &+ base, length: source[i].length)
        }
        for i in row.escapedCells { unescape(target + i, quote: quote) }
        for i in row.packedCells { unpack(target + i) }
        if let fallback {
            for i in 0..<found { decode(target + i, from: fallback) }
        }
        rows.append(
            Row(
                firstCell: cellCount, cellCount: found, textOffset: textOffset, textCount: textCount,
                place: RecordPlace(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset),
                kind: kind, isFallback: fallback != nil, oddByte: row.buffer.oddByte))
        cellCount += found
    }

    /// Copies a record that is a tree, as text.
    func append(text: UnsafeBufferPointer<UInt8>, place: RecordPlace, oddByte: UInt8) {
        let textOffset = byteCount
        reserve(bytes: text.count)
        if let base = text.baseAddress { (bytes + byteCount).update(from: base, count: text.count) }
        byteCount += text.count
        rows.append(
            Row(
                firstCell: cellCount, cellCount: 0, textOffset: textOffset, textCount: text.count, place: place, kind: 0,
                isFallback: false, oddByte: oddByte))
    }

    private func unescape(_ cell: UnsafeMutablePointer<CellRange>, quote: UInt8) {
        let range = cell.pointee
        reserve(bytes: Int(range.length))
        let written = Unquoting.collapse(bytes + Int(range.offset), count: Int(range.length), quote: quote, to: bytes + byteCount)
        cell.pointee = CellRange(offset: UInt32(byteCount), length: UInt32(written))
        byteCount += written
    }

    private func unpack(_ cell: UnsafeMutablePointer<CellRange>) {
        let range = cell.pointee
        let text = UnsafeBufferPointer(start: bytes + Int(range.offset), count: Int(range.length))
        let number = PackedNumber.text(of: encoding.rawBytes(of: text, oddByte: 0)) ?? []
        reserve(bytes: number.count)
        for (i, byte) in number.enumerated() { bytes[byteCount + i] = byte }
        cell.pointee = CellRange(offset: UInt32(byteCount), length: UInt32(number.count))
        byteCount += number.count
    }

    private func decode(_ cell: UnsafeMutablePointer<CellRange>, from encoding: TextEncoding) {
        let range = cell.pointee
        if UTF8Check.isASCII(bytes + Int(range.offset), count: Int(range.length)) { return }
        reserve(bytes: TextDecoder.capacity(forRaw: Int(range.length)))
        let raw = UnsafeRawBufferPointer(start: bytes + Int(range.offset), count: Int(range.length))
        let written = TextDecoder.decodeBytes(raw, isWindows: encoding == .windows1252, to: bytes + byteCount)
        cell.pointee = CellRange(offset: UInt32(byteCount), length: UInt32(written))
        byteCount += written
    }

    private func reserve(bytes more: Int) {
        guard byteCount + more > byteCapacity else { return }
        byteCapacity = max(byteCapacity * 2, byteCount + more)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
        new.update(from: bytes, count: byteCount)
        bytes.deallocate()
        bytes = new
    }

    private func reserve(cells more: Int) {
        guard cellCount + more > cellCapacity else { return }
        cellCapacity = max(cellCapacity * 2, cellCount + more)
        let new = UnsafeMutablePointer<CellRange>.allocate(capacity: cellCapacity)
        new.update(from: cells, count: cellCount)
        cells.deallocate()
        cells = new
    }
}
