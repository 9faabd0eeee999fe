/// How one rooftop's export reads: the dialect that its mapping pins in the `feed` table.
///
/// Nothing here is guessed at run time. A dialect that changes from day to day would map the same export in two ways, so
/// a file that plainly contradicts its format is refused instead (``FeedError``).
public struct FeedFormat: Sendable, Equatable {
    /// The family of file.
    public enum Kind: String, Sendable, CaseIterable {
        /// Cells with a delimiter between them, a row a line or over several lines inside quotes.
        case csv
        /// Cells at fixed places of a line, or of a record of fixed length.
        case fixed
        /// One document that has the records in an array.
        case json
        /// One JSON value a line.
        case jsonLines = "jsonl"
        case xml

        /// True when a record is a tree of named parts rather than a row of cells.
        public var isTree: Bool {
            switch self {
            case .csv, .fixed: false
            case .json, .jsonLines, .xml: true
            }
        }
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
        /// EBCDIC of the United States and Canada, and the international one.
        case cp037
        case cp500

        var isEBCDIC: Bool {
            switch self {
            case .cp037, .cp500: true
            case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .windows1252, .latin1: false
            }
        }
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

    /// A cell's place in a fixed-width record: its first character, counted from 1, and how many it has.
    public struct FixedColumn: Sendable, Equatable {
        public let name: String
        public let first: Int
        public let length: Int
        /// True when its bytes are the digits of a packed number, two a byte and the sign last (COMP-3).
        public let isPacked: Bool

        public init(_ name: String, _ first: Int, _ length: Int, isPacked: Bool = false) {
            self.name = name
            self.first = first
            self.length = length
            self.isPacked = isPacked
        }
    }

    /// A text that stands at a place of a line. In it `#` is any digit, `@` any letter and `?` any character.
    public struct Picture: Sendable, Equatable {
        /// The place of its first character, counted from 1; nil for the first that is not blank.
        public let at: Int?
        public let text: String

        public init(at: Int? = nil, _ text: String) {
            self.at = at
            self.text = text
        }
    }

    /// One of several kinds of record in a file, each with columns of its own.
    public struct RecordKind: Sendable, Equatable {
        public let name: String
        /// Names in order (`csv`).
        public let columns: [String]
        /// Places (`fixed`); `columns` has their names.
        public let places: [FixedColumn]
        /// All of these stand in a record of this kind (`fixed`); none means that any other record is of it.
        public let match: [Picture]

        public init(name: String, columns: [String]) {
            self.init(name: name, columns: columns, places: [], match: [])
        }

        public init(name: String, places: [FixedColumn], match: [Picture] = []) {
            self.init(name: name, columns: places.map(\.name), places: places, match: match)
        }

        private init(name: String, columns: [String], places: [FixedColumn], match: [Picture]) {
            self.name = name
            self.columns = columns
            self.places = places
            self.match = match
        }
    }

    /// Records of another kind in the same tree, which a repair order refers to by a key, as customers in a list of their own.
    public struct Join: Sendable, Equatable {
        /// What the mapping calls it.
        public let name: String
        /// Where those records lie.
        public let path: String
        /// Where each has its key.
        public let key: String
        /// Where the repair order has the key.
        public let with: String

        public init(name: String, path: String, key: String, with: String) {
            self.name = name
            self.path = path
            self.key = key
            self.with = with
        }
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
    /// Columns that the header must have (`csv`): a file that lacks one is refused before its first row.
    public var columns: [String] = []
    /// The cells of each record (`fixed`), when all records are of one kind.
    public var places: [FixedColumn] = []
    /// The kinds of record, when there are several; the first that fits is the record's.
    public var records: [RecordKind] = []
    /// Which cell names a record's kind (`csv` with `records`), counted from 1.
    public var recordType = 1
    /// The length of each record in bytes (`fixed`), when records have no line ends.
    public var recordBytes: Int?
    /// Lines that are no data, as page headers and footers: dropped and counted.
    public var skip: [Picture] = []
    /// The kind of record that begins a repair order; those up to the next belong to it.
    public var begins: String?
    /// True when a row whose `groupBy` cells are blank belongs to the repair order of the row above.
    public var fillDown = false
    /// Where the records lie: names with dots between them (`json`; "" is the document itself), or the last elements of the path
    /// with slashes between them (`xml`).
    public var path = ""
    /// What each repair order is joined with (`json`, `xml`).
    public var joins: [Join] = []
    /// The columns whose cells name the repair order that a row belongs to, or paths into a tree; empty when each record is one.
    public var groupBy: [String] = []
    /// The columns that tell which of two records with equal revisions is newer. `Feeds` only checks that they exist.
    public var order: [String] = []
    /// True when the mapped records are to be folded by revision and void before they are shown.
    public var fold = false

    public init() {}
}
