/// The records that repair orders are joined with, by key: gathered at the first reading of a file and unchanged since, so that
/// several threads may look into them.
public final class JoinedRecords: Sendable {
    private let texts: [UInt8]
    private let ranges: [[[UInt8]: Range<Int>]]

    init(_ collector: Collector) {
        texts = collector.texts
        ranges = collector.ranges
    }

    /// How many records a join has, by its place in ``FeedFormat/joins``.
    public func count(join: Int) -> Int { ranges[join].count }

    /// Calls `body` with the UTF-8 text of the record that has a key, nil when none has. Of several the last in the file counts.
    /// It must not escape.
    ///
    /// - Parameter key: the text at the join's `with` path; blanks around it don't count.
    public func withText<Result, Failure: Error>(
        join: Int, key: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let range = ranges[join][Self.trimmed(key)] else { return try body(nil) }
        // A typed error doesn't pass through withUnsafeBytes.
        let result = texts.withUnsafeBytes { texts -> Swift.Result<Result, Failure> in
            do throws(Failure) {
                return .success(try body(UnsafeRawBufferPointer(rebasing: texts[range])))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The UTF-8 text of the record that has a key, nil when none has.
    public func text(join: Int, key: some Collection<UInt8>) -> [UInt8]? {
        withText(join: join, key: key) { $0.map(Array.init) }
    }

    static func trimmed(_ key: some Collection<UInt8>) -> [UInt8] {
        Array(key.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
    }

    /// Gathers the records.
    struct Collector {
        fileprivate var texts: [UInt8] = []
        fileprivate var ranges: [[[UInt8]: Range<Int>]]
        private let most: Int

        init(joins: Int, limits: FeedLimits) {
            ranges = Array(repeating: [:], count: joins)
            most = limits.joinedBytes
        }

        mutating func add(join: Int, key: [UInt8], text: UnsafeBufferPointer<UInt8>) throws {
            guard texts.count + text.count <= most else { throw FeedError.tooMuchToJoin(limit: most) }
            ranges[join][key] = texts.count..<texts.count + text.count
            texts += text
        }
    }
}
