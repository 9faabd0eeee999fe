/// A record a line: JSON lines.
final class LineSplitter: TreeSplitter {
    private(set) var place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
    private(set) var truncated: [UInt8]?
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: cursor.text, count: length) }
    var oddByte: UInt8 { cursor.oddByte }
    let whatIsThere = "blank lines"

    private let cursor: TextCursor
    private let limits: FeedLimits
    private var length = 0

    init(cursor: TextCursor, limits: FeedLimits) {
        self.cursor = cursor
        self.limits = limits
    }

    func next() throws -> FoundTree {
        truncated = nil
        while true {
            cursor.moveMark(lines: cursor.position > 0 ? 1 : 0)
            guard try cursor.peek() != nil else { return .end }
            if try cursor.has("\u{FEFF}", at: 0) {
                cursor.position = 3
                cursor.moveMark(lines: 0)
            }
            let (line, byteOffset) = cursor.mark
            place = RecordPlace(lineFrom: line, lineTo: line, byteOffset: byteOffset)
            if let end = try cursor.find(UInt8(ascii: "\n"), from: 0, most: limits.treeBytes) {
                length = end
                cursor.position = end + 1
            } else if cursor.available >= limits.treeBytes {
                return try passLongLine()
            } else {
                length = cursor.available
                cursor.position = length
            }
            trim()
            if length > 0 { return .record(join: nil) }
        }
    }

    private func trim() {
        let text = cursor.text
        while length > 0, text[length - 1] <= 0x20 { length -= 1 }
    }

    private func passLongLine() throws -> FoundTree {
        truncated = cursor.beginning(most: min(limits.treeBytes, limits.keptRawBytes))
        length = 0
        while true {
            if let end = cursor.findHere(UInt8(ascii: "\n"), from: 0, to: cursor.available) {
                cursor.position = end + 1
                return .setAside(.rowTooLong)
            }
            cursor.position = cursor.available
            cursor.moveMark(lines: 0)
            guard try cursor.peek() != nil else { return .setAside(.rowTooLong) }
        }
    }
}
