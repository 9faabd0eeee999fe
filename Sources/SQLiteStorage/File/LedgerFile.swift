internal import Foundation
package import GRDB

/// The database file: opening, settings, migrations, and the one writer.
package final class LedgerFile: Sendable {
    /// The write-ahead log is checkpointed once it has grown past this.
    static let walLimitBytes = 16 << 20
    /// How long a statement waits for another process.
    static let busyTimeoutSeconds = 5.0

    private static let synchronousFull = 2

    let path: String
    private let pool: DatabasePool
    /// The files that were opened: once other ones lie at the path, nothing that is written can be found again.
    private let identity: FileIdentity
    private let changes: GroupCommit

    /// - Parameters:
    ///   - schema: What the file is.
    ///   - isScratch: Commits need not survive a power cut.
    init(path: String, schema: FileSchema = .ledger, isScratch: Bool = false) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
        configuration.prepareDatabase { database in
            // SQLite before 3.51.3 can corrupt a database when one connection checkpoints while another writes, so only
            // the writer checkpoints. A restarted log is cut to the limit, so its length tells what is in it.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = \(Self.walLimitBytes)")
        }
        (pool, identity) = try Self.explaining(path) {
            try Self.refuseForeignFile(path, schema)
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { database in
                if isScratch { return try database.execute(sql: "PRAGMA synchronous = OFF") }
                try Self.makeDurable(database, path: path)
            }
            try pool.write { try Self.migrate($0, schema, path: path) }
            guard let identity = FileIdentity(path: path) else { throw SQLiteLedgerError.replaced(path: path) }
            return (pool, identity)
        }
        changes = GroupCommit(
            pool: pool,
            before: { [path, identity] database in
                try Self.refuseReplacedFile(path, identity)
                try Self.checkpointWhenLong(database, path: path)
            },
            // What was committed to a file that nobody can open again is lost, and must not be acknowledged.
            after: { [path, identity] _ in try Self.refuseReplacedFile(path, identity) })
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            try Self.refuseReplacedFile(path, identity)
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw Self.explanation(of: error, path: path)
        }
    }

    /// The same, on this thread.
    func readAtOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.explaining(path) { try pool.read(body) }
    }

    /// Runs `body` as a change of its own: after an error nothing of it is kept. Changes that wait for the writer share a transaction.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await changes.write(body)
        } catch let error as DatabaseError {
            throw Self.explanation(of: error, path: path)
        }
    }

    /// Touches that are made from now on have higher numbers.
    func continueTouches(after last: Int64) throws {
        try Self.explaining(path) {
            let isBehind = try pool.read { try Int64.fetchOne($0, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'touch'") ?? 0 < last }
            guard isBehind else { return }
            try pool.write { database in
                try database.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'touch'")
                try database.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('touch', ?)", arguments: [last])
            }
        }
    }

    /// Runs `body` on the writer's connection, for settings.
    package func onWriter<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.writeWithoutTransaction(body)
    }

    /// Closes every connection. SQLite folds the log into the database file when the last one may write, so readers go first: the pool
    /// itself closes them last, and a copy of the database file alone would lack what stands in the log.
    func close() throws {
        pool.releaseMemory()
        try pool.close()
    }

    private static func refuseReplacedFile(_ path: String, _ identity: FileIdentity) throws {
        guard FileIdentity(path: path) == identity else { throw SQLiteLedgerError.replaced(path: path) }
    }

    /// Runs before a change, not after it: an error here must not make a change look lost that is committed. What readers
    /// keep from being folded in is left to the next write.
    private static func checkpointWhenLong(_ database: Database, path: String) throws {
        let log = path + "-wal"
        guard FileManager.default.fileExists(atPath: log) else { return }
        let length = try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
        guard let length, length > walLimitBytes else { return }
        // FULL holds the write lock of all processes while it runs. A PASSIVE one may overlap with another process's
        // checkpoint and commit, which is how SQLite before 3.51.3 corrupts a database.
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(FULL)")
    }

    /// Looks at an existing file without changing it: opening it for writing would turn it to WAL.
    private static func refuseForeignFile(_ path: String, _ schema: FileSchema) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard !isFolder.boolValue else { throw SQLiteLedgerError.cannotWrite(path: path) }
        do {
            try look(at: path, schema, isReadOnly: true)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY || error.resultCode == .SQLITE_CANTOPEN {
            // A power cut while the file was made leaves a journal to roll back, which takes a connection that may write.
            try look(at: path, schema, isReadOnly: false)
        }
    }

    private static func look(at path: String, _ schema: FileSchema, isReadOnly: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        // Whoever opens a ledger first after a crash holds it while its log is gone through.
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.read { try checkVersion($0, schema, path: path) }
        try queue.close()
    }

    /// `DatabasePool` sets `synchronous` to NORMAL while it opens; at NORMAL a power cut loses acknowledged commits.
    private static func makeDurable(_ database: Database, path: String) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        guard synchronous == synchronousFull else {
            throw SQLiteLedgerError.settingRefused(
                path: path, setting: "synchronous", expected: "2", found: String(synchronous))
        }
        let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "none"
        guard journal == "wal" else {
            throw SQLiteLedgerError.settingRefused(path: path, setting: "journal_mode", expected: "wal", found: journal)
        }
    }

    private static func migrate(_ database: Database, _ schema: FileSchema, path: String) throws {
        let version = try checkVersion(database, schema, path: path)
        for migration in schema.migrations where migration.number > version {
            try database.execute(sql: migration.sql)
            try database.execute(sql: "PRAGMA user_version = \(migration.number)")
            try database.execute(sql: "PRAGMA application_id = \(schema.applicationID)")
        }
    }

    private static func checkVersion(_ database: Database, _ schema: FileSchema, path: String) throws -> Int {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let objects = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard application == schema.applicationID || (application == 0 && objects == 0) else {
            throw SQLiteLedgerError.notALedger(path: path)
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version <= schema.migrations.count else {
            throw SQLiteLedgerError.newerSchema(path: path, found: version, known: schema.migrations.count)
        }
        return version
    }

    private static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw explanation(of: error, path: path)
        }
    }

    private static func explanation(of error: DatabaseError, path: String) -> SQLiteLedgerError {
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: .cannotWrite(path: path)
        case .SQLITE_NOTADB: .notADatabase(path: path)
        case .SQLITE_CORRUPT: .damaged(path: path, detail: error.message ?? "no detail")
        case .SQLITE_FULL: .diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
        case .SQLITE_IOERR: .diskFailed(path: path, detail: "SQLite code \(error.extendedResultCode.rawValue)")
        case let code: .failed(path: path, detail: error.message ?? "SQLite code \(code.rawValue)")
        }
    }
}
