/// What a look at the beginning of an export finds: a format to start a mapping from, and why.
///
/// An import never uses it. What is right in it is pinned in a mapping's `feed` table by whoever reads it.
public struct SniffedFeed: Sendable, Equatable {
    /// How far a finding can be trusted.
    public enum Confidence: String, Sendable, CaseIterable {
        /// The file says so itself.
        case certain
        /// Nearly all of what was seen agrees.
        case likely
        case guessed
    }

    /// One thing that was found out about the file.
    public struct Finding: Sendable, Equatable {
        /// What it is about, as "encoding".
        public let subject: String
        public let value: String
        public let reason: String
        public let confidence: Confidence
    }

    /// Records with columns of their own.
    public struct Kind: Sendable, Equatable {
        /// What begins each of them; nil when there is one kind only.
        public let name: String?
        public let count: Int
        public let columns: [SniffedColumn]
    }

    public internal(set) var format: FeedFormat
    public internal(set) var findings: [Finding]
    public internal(set) var kinds: [Kind]
    /// What a reader should know, as rows that are too short.
    public internal(set) var remarks: [String]
    /// The number of cells in a row, when so few rows have less that those must be broken.
    public internal(set) var fullWidth: Int?
    /// How much was looked at, of how much; nil when the source does not tell.
    public internal(set) var sniffedBytes: Int
    public internal(set) var fileBytes: Int?

    /// All columns, of whatever kind of record.
    public var columns: [SniffedColumn] { kinds.flatMap(\.columns) }

    init(encoding: FeedFormat.Encoding, sniffedBytes: Int, fileBytes: Int?) {
        format = FeedFormat()
        format.encoding = encoding
        findings = []
        kinds = []
        remarks = []
        self.sniffedBytes = sniffedBytes
        self.fileBytes = fileBytes
    }

    mutating func note(_ subject: String, _ value: String, _ confidence: Confidence, because reason: String) {
        findings.append(Finding(subject: subject, value: value, reason: reason, confidence: confidence))
    }
}
