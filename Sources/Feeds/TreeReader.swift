/// Reads a feed whose records are trees: JSON and XML.
final class TreeReader: RecordReader {
    let kinds: [FeedColumns] = []
    let encoding: TextEncoding
    /// Called with each record that others are joined with.
    var onJoined: ((_ join: Int, _ text: UnsafeBufferPointer<UInt8>) throws -> Void)?

    private let format: FeedFormat
    private let splitter: any TreeSplitter
    private let buffer: TextBuffer
    private let keyPaths: [TreePath]
    private let tree = RecordTree()
    private var malformed: String?
    private var key: [UInt8] = []
    private var first: SeenRecord?

    init(format: FeedFormat, limits: FeedLimits, encoding: TextEncoding, input: RawInput) {
        self.format = format
        self.encoding = encoding
        buffer = TextBuffer(input: input, encoding: encoding)
        let cursor = TextCursor(buffer: buffer, encoding: encoding, byteOffset: input.bytes)
        splitter =
            switch format.kind {
            case .xml: XMLSplitter(cursor: cursor, format: format, limits: limits)
            case .jsonLines: LineSplitter(cursor: cursor, limits: limits)
            case .json, .csv, .fixed: JSONSplitter(cursor: cursor, format: format, limits: limits)
            }
        keyPaths = format.groupBy.map { TreePath($0, in: format.kind) }
    }

    func open() throws {
        first = try read()
        if first == .end { throw FeedError.noRecords(path: format.path, found: splitter.whatIsThere) }
    }

    func next() throws -> SeenRecord {
        if let first {
            self.first = nil
            return first
        }
        return try read()
    }

    private func read() throws -> SeenRecord {
        while true {
            switch try splitter.next() {
            case .end: return .end
            case .setAside(let code): return .bad(code)
            case .record(let join?): try onJoined?(join, splitter.text)
            case .record(nil): return readKey()
            }
        }
    }

    /// A record is parsed here only when its key is needed; otherwise whoever maps it does.
    private func readKey() -> SeenRecord {
        malformed = nil
        guard !keyPaths.isEmpty else { return .data }
        do throws(RecordTree.Malformed) {
            try tree.parse(UnsafeRawBufferPointer(splitter.text), as: format.kind)
        } catch {
            malformed = error.description
            return .bad(.badRecord)
        }
        key.removeAll(keepingCapacity: true)
        var hasText = false
        for (place, path) in keyPaths.enumerated() {
            if place > 0 { key.append(0x1F) }
            let text = tree.text(at: path) ?? []
            hasText = hasText || text.contains { $0 > 0x20 }
            key += text
        }
        if !hasText { key.removeAll(keepingCapacity: true) }
        return .data
    }

    func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>?) throws -> Result) rethrows -> Result {
        try key.withUnsafeBufferPointer { try body($0.isEmpty ? nil : $0) }
    }

    func append(to group: FeedGroup) {
        group.append(text: splitter.text, place: splitter.place, oddByte: buffer.oddByte)
    }

    var textCount: Int { splitter.text.count }
    var place: RecordPlace { splitter.place }
    var isTruncated: Bool { splitter.truncated != nil }

    var rawBytes: [UInt8] {
        guard let truncated = splitter.truncated else { return encoding.rawBytes(of: splitter.text, oddByte: buffer.oddByte) }
        return truncated.withUnsafeBufferPointer { encoding.rawBytes(of: $0, oddByte: buffer.oddByte) }
    }


    func reason(_ code: QuarantineCode) -> String {
        switch code {
        case .badRecord: malformed.map { "the record \($0)" } ?? code.explanation
        case .noGroupKey: "\(code.explanation): \(format.groupBy.map { "'\($0)'" }.joined(separator: ", "))"
        case .badEncoding, .unclosedQuote, .strayQuote, .rowTooLong, .tooManyColumns, .groupTooLarge, .unknownRecord, .noBeginning,
            .badNumber:
            code.explanation
        }
    }

    func count(in summary: inout FeedSummary) {}
    func countPassed(in summary: inout FeedSummary) {}
}
