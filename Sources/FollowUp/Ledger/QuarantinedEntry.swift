/// A quarantined row as the ledger keeps it.
public struct QuarantinedEntry: Sendable, Equatable {
    /// The ledger's key of one quarantined row.
    public struct ID: Hashable, Sendable {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }
    }

    public let id: ID
    public let importID: ImportID
    /// The name of the file that the row was in.
    public let fileName: String
    /// What the import was known by: the SHA-256 that `begin` was given.
    public let sha256: String
    public let entry: QuarantineEntry

    public init(id: ID, importID: ImportID, fileName: String, sha256: String, entry: QuarantineEntry) {
        self.id = id
        self.importID = importID
        self.fileName = fileName
        self.sha256 = sha256
        self.entry = entry
    }
}
