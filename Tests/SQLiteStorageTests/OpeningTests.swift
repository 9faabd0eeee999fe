import FollowUp
import Foundation
import GRDB
import Testing

@testable import SQLiteStorage

@Suite struct OpeningTests {
    let place: TemporaryLedger

    init() throws {
        place = try TemporaryLedger()
    }

    @Test("the writer commits at synchronous FULL, in WAL, and leaves checkpoints to us")
    func settings() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        let found = try await ledger.file.onWriter { database in
            try ["synchronous", "journal_mode", "wal_autocheckpoint", "foreign_keys"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(found == ["2", "wal", "0", "1"])
    }

    @Test("the log is folded in once it is long, and starts over")
    func checkpoint() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        let raw = [UInt8](repeating: 65, count: LedgerFile.walLimitBytes / 2)
        let id = try await ledger.begin("lakeside", "a")
        for _ in 0..<6 {
            let entry = QuarantineEntry(
                code: "row_too_long", reason: "long", lineFrom: 1, lineTo: 1, byteOffset: 0, rawBytes: raw)
            try await ledger.stage([], [entry], in: id)
        }
        let length = try FileManager.default.attributesOfItem(atPath: place.path + "-wal")[.size] as? Int
        #expect(try #require(length) <= 2 * LedgerFile.walLimitBytes)
    }

    @Test("a ledger opened twice keeps its schema")
    func reopen() throws {
        try SQLiteLedger(path: place.path).close()
        try SQLiteLedger(path: place.path).close()
    }

    @Test("a ledger that was read and closed lies whole in its one file")
    func closed() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        try await ledger.take([order("1")], sha256: "a")
        _ = try await ledger.touchCounts()
        try ledger.close()
        #expect(!FileManager.default.fileExists(atPath: place.path + "-wal"))
    }

    @Test("a missing folder is named")
    func missingFolder() {
        let path = place.path("no/such/ledger.sqlite")
        #expect(throws: SQLiteLedgerError.cannotWrite(path: path)) { try SQLiteLedger(path: path) }
    }

    @Test("a folder is no ledger")
    func folder() {
        let path = place.folder.path
        #expect(throws: SQLiteLedgerError.cannotWrite(path: path)) { try SQLiteLedger(path: path) }
    }

    @Test("a file that is no database is refused and left as it is")
    func notADatabase() throws {
        let text = Data(String(repeating: "ro,closed\n", count: 200).utf8)
        try text.write(to: URL(filePath: place.path))
        #expect(throws: SQLiteLedgerError.notADatabase(path: place.path)) { try SQLiteLedger(path: place.path) }
        #expect(try Data(contentsOf: URL(filePath: place.path)) == text)
    }

    @Test("another program's database is refused and left as it is")
    func notALedger() throws {
        let other = try DatabaseQueue(path: place.path)
        try other.write { try $0.execute(sql: "CREATE TABLE song (id INTEGER)") }
        try other.close()
        let bytes = try Data(contentsOf: URL(filePath: place.path))
        #expect(throws: SQLiteLedgerError.notALedger(path: place.path)) { try SQLiteLedger(path: place.path) }
        #expect(try Data(contentsOf: URL(filePath: place.path)) == bytes)
    }

    @Test("a ledger of a newer revisit is refused")
    func newerSchema() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        try await ledger.file.onWriter { try $0.execute(sql: "PRAGMA user_version = 99") }
        try ledger.close()
        let known = Migration.all.count
        #expect(throws: SQLiteLedgerError.newerSchema(path: place.path, found: 99, known: known)) {
            try SQLiteLedger(path: place.path)
        }
    }

    @Test("a ledger that turns read-only refuses the import, says so, and stays as it was")
    func readOnly() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        try await ledger.take([order("1")], sha256: "a")
        try await ledger.file.onWriter { try $0.execute(sql: "PRAGMA query_only = 1") }
        await #expect(throws: SQLiteLedgerError.cannotWrite(path: place.path)) {
            try await ledger.take([order("2")], sha256: "b")
        }
        #expect(try await ledger.all() == [order("1")])
    }

    @Test("a disk that fills up while publishing leaves nothing of the import")
    func diskFull() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        let id = try await ledger.begin("lakeside", "a")
        try await ledger.stage((0..<2_000).map { order("\($0)") }, [], in: id)
        try await ledger.file.onWriter { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
        }
        await #expect(throws: SQLiteLedgerError.diskFull(path: place.path)) { try await ledger.publish(id, now: noon) }
        #expect(try await ledger.all() == [])
        try await ledger.file.onWriter { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(try await ledger.publish(id, now: noon).new == 2_000)
    }

    @Test("migrations are numbered from 1 without a gap")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("the schema is the golden one")
    func schema() async throws {
        let ledger = try SQLiteLedger(path: place.path)
        let dump = try await ledger.file.read { database in
            try String.fetchAll(
                database, sql: "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid")
        }.map { $0 + ";\n" }.joined(separator: "\n")
        let golden = try #require(Bundle.module.url(forResource: "schema", withExtension: "sql", subdirectory: "Fixtures"))
        #expect(dump == (try String(contentsOf: golden, encoding: .utf8)), "after a new migration, the dump is:\n\(dump)")
    }
}
