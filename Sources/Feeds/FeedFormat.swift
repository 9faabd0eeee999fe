/// How one rooftop's export reads: the dialect that its mapping pins in the `feed` table.
///
/// Nothing here is guessed at run time. A dialect that changes from day to day would map the same export in two ways, so
/// a file that plainly contradicts its format is refused instead (``FeedError``).
public struct FeedFormat: Sendable, Equatable {
    /// The family of file. Only the CSV family is read so far.
    public enum Kind: String, Sendable, CaseIterable {
        case csv
    }

    /// How the bytes of the file spell text.
    public enum Encoding: String, Sendable, CaseIterable {
        case utf8 = "utf-8"
        /// UTF-16 whose byte order mark, or else whose zero bytes, tell the order.
        case utf16 = "utf-16"
        case utf16LittleEndian = "utf-16le"
        case utf16BigEndian = "utf-16be"
        case windows1252 = "windows-1252"
        case latin1 = "latin-1"
    }

    /// Where the column names come from.
    public enum Header: Sendable, Equatable {
        /// The first row that is not blank.
        case firstRow
        /// The row that starts on this physical line, counted from 1; what stands before it is skipped.
        case line(Int)
        /// The file has none: these are the columns, and every row is data.
        case names([String])
        /// The first row in which all these cells occur; what stands before it is skipped.
        case find([String])
    }

    public var kind: Kind = .csv
    public var encoding: Encoding = .utf8
    /// How to read a row that is not valid UTF-8 in a `utf-8` feed: as `windows-1252` or `latin-1`, or not at all (nil:
    /// the row is quarantined as `bad_encoding`). For exports that a DMS pastes together from two systems.
    public var fallbackEncoding: Encoding?
    /// The byte between cells: one ASCII character.
    public var delimiter: UInt8 = UInt8(ascii: ",")
    /// The byte around a cell that holds delimiters or line ends, doubled inside; nil when the export quotes nothing.
    public var quote: UInt8? = UInt8(ascii: "\"")
    public var header: Header = .firstRow
    /// The columns whose cells name the repair order that a row belongs to; empty when each row is one.
    public var groupBy: [String] = []
    /// The columns that tell which of two records with equal revisions is newer. `Feeds` only checks that they exist.
    public var order: [String] = []
    /// True when the mapped records are to be folded by revision and void before they are shown.
    public var fold = false

    public init() {}
}
