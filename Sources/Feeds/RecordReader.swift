/// One reading of a feed from its first byte: finds the header or the first record, then tells of each record what it is.
///
/// Two readings of the same bytes see the same records with the same numbers, which grouping counts on.
protocol RecordReader: AnyObject {
    /// The kinds of record and their columns, once opened; none when records are trees.
    var kinds: [FeedColumns] { get }
    var encoding: TextEncoding { get }

    /// Reads on to where the records begin, and checks that the file is what its format says.
    func open() throws

    /// Reads on to the next record.
    func next() throws -> SeenRecord

    // The record just seen.

    /// Calls `body` with the key of its repair order, or with nil when there is none.
    func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>?) throws -> Result) rethrows -> Result
    func append(to group: FeedGroup)
    /// What it is to the repair order above, when repair orders begin with a kind of record.
    var beginning: Beginning { get }
    var textCount: Int { get }
    var place: RecordPlace { get }
    /// As it stands in the file; only its beginning when it was too long.
    var rawBytes: [UInt8] { get }
    var isTruncated: Bool { get }
    /// What is wrong with it, without its contents.
    func reason(_ code: QuarantineCode) -> String

    /// Counts what is odd about a record that was taken.
    func count(in summary: inout FeedSummary)
    /// Counts what was passed over so far.
    func countPassed(in summary: inout FeedSummary)
}

extension RecordReader {
    var beginning: Beginning { .unknown }
}

enum Beginning {
    case begins, continues
    /// A record that was put aside before its kind could be seen.
    case unknown
}

enum SeenRecord: Equatable {
    case data
    case bad(QuarantineCode)
    case end
}

/// Where a record stands in the file.
public struct RecordPlace: Sendable, Equatable {
    /// First and last physical line, counted from 1.
    public var lineFrom: Int
    public var lineTo: Int
    /// Where it starts, in bytes.
    public var byteOffset: Int

    public init(lineFrom: Int, lineTo: Int, byteOffset: Int) {
        self.lineFrom = lineFrom
        self.lineTo = lineTo
        self.byteOffset = byteOffset
    }
}

/// One kind of record of a feed, and its columns.
public struct FeedColumns: Sendable, Equatable {
    /// Nil when all records are of one kind.
    public let name: String?
    public let header: FeedHeader
}
