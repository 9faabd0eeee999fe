/// Finds the elements that a path names, in one XML document of any size.
final class XMLSplitter: TreeSplitter {
    private(set) var place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
    private(set) var truncated: [UInt8]?
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: cursor.text, count: 0) }
    let whatIsThere = "nothing"

    private let cursor: TextCursor

    init(cursor: TextCursor, format: FeedFormat, limits: FeedLimits) {
        self.cursor = cursor
    }

    func next() throws -> FoundTree { .end }
}
