/// Reads a feed whose records are trees: JSON and XML.
final class TreeReader: RecordReader {
    let kinds: [FeedColumns] = []
    let encoding: TextEncoding
    /// Called with each record that others are joined with.
    var onJoined: ((_ join: Int, _ key: [UInt8], _ text: UnsafeBufferPointer<UInt8>) throws -> Void)?

    private let format: FeedFormat
    private let splitter: any TreeSplitter
    private let keyPaths: [TreePath]
    private let joinPaths: [TreePath]
    private let tree = RecordTree()
    private var malformed: String?
    /// The join of the record just seen, when it is one that others are joined with.
    private var join: Int?
    private var key: [UInt8] = []
    private var first: SeenRecord?

    convenience init(format: FeedFormat, limits: FeedLimits, encoding: TextEncoding, input: RawInput) {
        let buffer = TextBuffer(input: input, encoding: encoding)
        let cursor = TextCursor(buffer: buffer, encoding: encoding, byteOffset: input.bytes)
        let splitter: any TreeSplitter =
            switch format.kind {
            case .xml: XMLSplitter(cursor: cursor, format: format, limits: limits)
            case .jsonLines: LineSplitter(cursor: cursor, limits: limits)
            case .json, .csv, .fixed: JSONSplitter(cursor: cursor, format: format, limits: limits)
            }
        self.init(format: format, encoding: encoding, splitter: splitter)
    }

    init(format: FeedFormat, encoding: TextEncoding, splitter: any TreeSplitter) {
        self.format = format
        self.encoding = encoding
        self.splitter = splitter
        keyPaths = format.groupBy.map { TreePath($0, in: format.kind) }
        joinPaths = format.joins.map { TreePath($0.key, in: format.kind) }
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
            case .setAside(let code):
                malformed = nil
                return .bad(code)
            case .record(let join?):
                if let code = try readJoined(join) { return .bad(code) }
            case .record(nil): return readKey()
            }
        }
    }

    /// Parses a record that others are joined with; nil when all is well with it.
    private func readJoined(_ join: Int) throws -> QuarantineCode? {
        self.join = join
        guard parse() else { return .badRecord }
        let key = JoinedRecords.trimmed(tree.text(at: joinPaths[join]) ?? [])
        guard !key.isEmpty else { return .noJoinKey }
        try onJoined?(join, key, splitter.text)
        return nil
    }

    private func parse() -> Bool {
        malformed = nil
        do throws(RecordTree.Malformed) {
            try tree.parse(UnsafeRawBufferPointer(splitter.text), as: format.kind)
            return true
        } catch {
            malformed = error.description
            return false
        }
    }

    /// A record is parsed here only when its key is needed; otherwise whoever maps it does.
    private func readKey() -> SeenRecord {
        malformed = nil
        guard !keyPaths.isEmpty else { return .data }
        guard parse() else { return .bad(.badRecord) }
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
        group.append(text: splitter.text, place: splitter.place, oddByte: splitter.oddByte)
    }

    var textCount: Int { splitter.text.count }
    var place: RecordPlace { splitter.place }
    var isTruncated: Bool { splitter.truncated != nil }

    var rawBytes: [UInt8] {
        guard let truncated = splitter.truncated else { return encoding.rawBytes(of: splitter.text, oddByte: splitter.oddByte) }
        return truncated.withUnsafeBufferPointer { encoding.rawBytes(of: $0, oddByte: splitter.oddByte) }
    }

    func reason(_ code: QuarantineCode) -> String {
        switch code {
        case .badRecord: malformed.map { "the record \($0)" } ?? code.explanation
        case .noGroupKey: "\(code.explanation): \(format.groupBy.map { "'\($0)'" }.joined(separator: ", "))"
        case .noJoinKey: "\(code.explanation): '\(join.map { format.joins[$0].key } ?? "")'"
        case .badEncoding, .unclosedQuote, .strayQuote, .rowTooLong, .tooManyColumns, .groupTooLarge, .unknownRecord, .noBeginning,
            .badNumber:
            code.explanation
        }
    }

    func count(in summary: inout FeedSummary) {}
    func countPassed(in summary: inout FeedSummary) {}
}
