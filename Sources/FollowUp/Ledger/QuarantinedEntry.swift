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
    public let entry: QuarantineEntry

    public init(id: ID, importID: ImportID, fileName: String, entry: QuarantineEntry) {
        self.id = id
        self.importID = importID
        self.fileName = fileName
        self.entry = entry
    }
}
