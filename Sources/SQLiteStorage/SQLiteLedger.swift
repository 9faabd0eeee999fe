/// The ledger in one SQLite file, durable at every commit: WAL with `synchronous = FULL`.
public final class SQLiteLedger: Sendable {
    let file: LedgerFile

    /// Opens the ledger at `path`, makes it when there is none, and brings its schema up to date.
    ///
    /// - Throws: `SQLiteLedgerError`, which says what is wrong with the path and what to do.
    public init(path: String) throws {
        file = try LedgerFile(path: path)
    }

    /// Closes the file; a later call of any method throws.
    ///
    /// - Throws: `SQLiteLedgerError.busy` while a read or a write is under way.
    public func close() throws {
        try file.close()
    }
}
