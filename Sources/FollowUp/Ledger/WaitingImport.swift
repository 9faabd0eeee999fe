/// A published import of which quarantined rows wait to be replayed.
public struct WaitingImport: Sendable, Equatable {
    public let id: ImportID
    public let file: ImportedFile
    public let publishedAt: Timestamp
    /// How many rows wait.
    public let rows: Int

    public init(id: ImportID, file: ImportedFile, publishedAt: Timestamp, rows: Int) {
        self.id = id
        self.file = file
        self.publishedAt = publishedAt
        self.rows = rows
    }
}
