public import FollowUp
internal import Foundation
internal import GRDB

/// The journal of handovers: a small database beside the ledger's, as durable as it.
public final class HandoverFile: HandoverJournal {
    /// "RVHJ".
    private static let schema = FileSchema(
        applicationID: 0x5256_484A,
        migrations: [
            Migration(
                number: 1,
                sql: """
                    CREATE TABLE handover (
                      touch_id INTEGER PRIMARY KEY,
                      state TEXT NOT NULL CHECK (state IN ('begun', 'accepted', 'refused')),
                      provider_id TEXT,
                      noted_at INTEGER NOT NULL,
                      CHECK ((provider_id IS NOT NULL) = (state = 'accepted'))
                    ) STRICT;
                    """)
        ])
    /// What is older isn't due again in any copy that someone would restore.
    private static let daysKept: Int64 = 100
    private static let suffix = "-sent"

    private let file: LedgerFile

    /// - Parameter ledger: The ledger's path; the journal's is the same with `-sent` at its end.
    /// - Throws: `SQLiteLedgerError`, which says what is wrong with the path and what to do.
    public init(besideLedger ledger: String) throws {
        file = try Self.open(besideLedger: ledger)
    }

    /// Leaves out what is older than 100 days.
    public func prune(at now: Timestamp) async throws {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM handover WHERE noted_at < ?", arguments: [now.secondsSince1970 - Self.daysKept * Timestamp.secondsPerDay])
        }
    }

    public func begin(_ touches: [Touch.ID], at now: Timestamp) async throws -> [Touch.ID: Handover] {
        try await write { database in
            var known: [Touch.ID: Handover] = [:]
            for touch in touches {
                let handover = try Self.handover(of: touch, in: database)
                known[touch] = handover
                switch handover {
                case .begun, .accepted: break
                case .refused, nil: try Self.note(.begun, of: touch, at: now, in: database)
                }
            }
            return known
        }
    }

    public func end(_ ends: [Touch.ID: Handover?], at now: Timestamp) async throws {
        try await write { database in
            for (touch, handover) in ends {
                if let handover {
                    try Self.note(handover, of: touch, at: now, in: database)
                } else {
                    try database.cachedStatement(sql: "DELETE FROM handover WHERE touch_id = ?").execute(arguments: [touch.number])
                }
            }
        }
    }

    public func handover(of touch: Touch.ID) async throws -> Handover? {
        do {
            return try await file.read { try Self.handover(of: touch, in: $0) }
        } catch let error as SQLiteLedgerError {
            throw Self.naming(error)
        }
    }

    public func close() throws { try file.close() }

    /// The highest number of a touch of which something may have gone out; nil when nothing tells.
    static func lastTouch(besideLedger ledger: String) throws -> Int64? {
        guard FileManager.default.fileExists(atPath: ledger + suffix) else { return nil }
        let file = try open(besideLedger: ledger)
        do {
            let last = try file.readAtOnce { try Int64.fetchOne($0, sql: "SELECT max(touch_id) FROM handover") }
            try file.close()
            return last
        } catch let error as SQLiteLedgerError {
            throw naming(error)
        }
    }

    private static func open(besideLedger ledger: String) throws -> LedgerFile {
        do {
            return try LedgerFile(path: ledger + suffix, schema: schema)
        } catch let error as SQLiteLedgerError {
            throw naming(error)
        }
    }

    private func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await file.write(body)
        } catch let error as SQLiteLedgerError {
            throw Self.naming(error)
        }
    }

    /// What is wrong with the file itself has another remedy than the ledger's.
    private static func naming(_ error: SQLiteLedgerError) -> SQLiteLedgerError {
        switch error {
        case .notADatabase(let path): .journalUnusable(path: path, detail: "it is no database")
        case .notALedger(let path): .journalUnusable(path: path, detail: "it is a database of something else")
        case .newerSchema(let path, let found, let known): .journalUnusable(path: path, detail: "its schema is \(found), and this revisit knows \(known)")
        case .damaged(let path, let detail): .journalUnusable(path: path, detail: "it is damaged: \(detail)")
        default: error
        }
    }

    private static func handover(of touch: Touch.ID, in database: Database) throws -> Handover? {
        let statement = try database.cachedStatement(sql: "SELECT state, provider_id FROM handover WHERE touch_id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [touch.number]) else { return nil }
        switch row[0] as String {
        case "accepted": return .accepted(providerID: row[1])
        case "refused": return .refused
        case _: return .begun
        }
    }

    private static func note(_ handover: Handover, of touch: Touch.ID, at now: Timestamp, in database: Database) throws {
        let (state, providerID): (String, String?) =
            switch handover {
            case .begun: ("begun", nil)
            case .accepted(let providerID): ("accepted", providerID)
            case .refused: ("refused", nil)
            }
        try database.cachedStatement(
            sql: """
                INSERT INTO handover (touch_id, state, provider_id, noted_at) VALUES (?, ?, ?, ?) ON CONFLICT (touch_id)
                DO UPDATE SET state = excluded.state, provider_id = excluded.provider_id, noted_at = excluded.noted_at
                """
        ).execute(arguments: [touch.number, state, providerID, now.secondsSince1970])
    }
}
