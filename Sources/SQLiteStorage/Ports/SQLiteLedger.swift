internal import Foundation
internal import GRDB

/// The ledger in one SQLite file, durable at every commit: WAL with `synchronous = FULL`.
public final class SQLiteLedger: Sendable {
    package let file: LedgerFile

    /// Opens the ledger at `path`, makes it when there is none, and brings its schema up to date.
    ///
    /// - Throws: `SQLiteLedgerError`, which says what is wrong with the path and what to do.
    public init(path: String) throws {
        file = try LedgerFile(path: path)
        // After a restore no touch may get the number of one that has gone out: by it a link, an answer or a report finds its touch.
        if let last = try HandoverFile.lastTouch(besideLedger: path) { try file.continueTouches(after: last) }
    }

    /// A ledger that is thrown away: nothing waits for the disk, and a power cut may leave nothing of it.
    public static func scratch(path: String) throws -> SQLiteLedger {
        SQLiteLedger(file: try LedgerFile(path: path, isScratch: true))
    }

    private init(file: LedgerFile) {
        self.file = file
    }

    /// Gives the secret that booking links are made from; `fresh` becomes it when the ledger has none yet.
    public func linkSecret(orKeep fresh: [UInt8]) async throws -> [UInt8] {
        try await file.write { database in
            try database.execute(
                sql: "INSERT INTO setting (name, value) VALUES ('link_secret', ?) ON CONFLICT DO NOTHING",
                arguments: [Data(fresh)])
            let kept = try Data.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'link_secret'")
            return kept.map(Array.init) ?? fresh
        }
    }

    /// Looks through the whole file: a page that nobody reads is otherwise not missed when it is damaged. It takes as long as reading it.
    ///
    /// - Throws: `SQLiteLedgerError.damaged`, with what was found first.
    public func check() async throws {
        let path = file.path
        try await file.read { database in
            let found = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer"
            guard found == "ok" else { throw SQLiteLedgerError.damaged(path: path, detail: found.split(separator: "\n").joined(separator: " ")) }
        }
    }

    /// Closes the file; a later call of any method throws.
    ///
    /// - Throws: `SQLiteLedgerError.busy` while a read or a write is under way.
    public func close() throws {
        try file.close()
    }
}
