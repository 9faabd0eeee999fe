import Foundation
import GRDB
import Synchronization
import Testing

@testable import SQLiteStorage

/// Changes that wait for the writer share a transaction, and each is kept, undone and told of as if it had its own.
@Suite struct GroupCommitTests {
    let place: TemporaryLedger
    let file: LedgerFile

    init() async throws {
        place = try TemporaryLedger()
        file = try LedgerFile(path: place.path)
        try await file.write { try $0.execute(sql: "CREATE TABLE line (number INTEGER PRIMARY KEY, words TEXT)") }
    }

    struct Refused: Error {}

    private final class Started: Sendable {
        let count = Mutex(0)
    }

    /// Makes changes while the writer is kept busy, so that they wait for it together; gives what each of them threw.
    private func together(_ count: Int, _ body: @escaping @Sendable (Int, Database) throws -> Void) async throws -> [Int: any Error] {
        let started = Started(), file = file
        async let busy: Void = file.onWriter { _ in
            while started.count.withLock({ $0 < count }) { Thread.sleep(forTimeInterval: 0.005) }
            // From its first line to its wait a change has a few steps left.
            Thread.sleep(forTimeInterval: 0.3)
        }
        let thrown = await withTaskGroup(of: (Int, (any Error)?).self) { tasks in
            for number in 0..<count {
                tasks.addTask {
                    started.count.withLock { $0 += 1 }
                    do {
                        try await file.write { try body(number, $0) }
                        return (number, nil)
                    } catch {
                        return (number, error)
                    }
                }
            }
            return await tasks.reduce(into: [Int: any Error]()) { $0[$1.0] = $1.1 }
        }
        try await busy
        return thrown
    }

    private func insert() async throws {
        try await file.write { try $0.execute(sql: "INSERT INTO line VALUES (1, '')") }
    }

    private func numbers(at path: String? = nil) async throws -> [Int] {
        guard let path else { return try await file.read { try Int.fetchAll($0, sql: "SELECT number FROM line ORDER BY number") } }
        return try await DatabaseQueue(path: path).read { try Int.fetchAll($0, sql: "SELECT number FROM line ORDER BY number") }
    }

    /// Transactions in the log: each one's last frame says how large the database is then.
    private func transactions() throws -> Int {
        let log = try Data(contentsOf: URL(filePath: place.path + "-wal"))
        let number = { (offset: Int) in log[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let frameBytes = 24 + number(8)
        return stride(from: 32, to: log.count - frameBytes + 1, by: frameBytes).count { number($0 + 4) > 0 }
    }

    @Test("changes that wait share transactions, and all are on disk when they are acknowledged")
    func shared() async throws {
        let before = try transactions()
        let thrown = try await together(100) { number, database in
            try database.execute(sql: "INSERT INTO line VALUES (?, '')", arguments: [number])
        }
        #expect(thrown.isEmpty)
        #expect(try await numbers(at: place.crashedCopy()) == Array(0..<100))
        #expect(try transactions() - before < 50)
    }

    @Test("a change that fails is undone alone, also what it had written by then")
    func undone() async throws {
        let thrown = try await together(30) { number, database in
            try database.execute(sql: "INSERT INTO line VALUES (?, '')", arguments: [number])
            if number % 3 == 0 { throw Refused() }
        }
        #expect(thrown.keys.sorted() == (0..<30).filter { $0 % 3 == 0 })
        #expect(thrown.values.allSatisfy { $0 is Refused })
        #expect(try await numbers() == (0..<30).filter { $0 % 3 != 0 })
    }

    @Test("a change that breaks a rule of the schema is undone alone, and told so")
    func refused() async throws {
        let thrown = try await together(10) { number, database in
            try database.execute(sql: "INSERT INTO line VALUES (?, '')", arguments: [number < 5 ? 1 : number])
        }
        #expect(thrown.count == 4)
        #expect(thrown.values.allSatisfy { if case SQLiteLedgerError.failed = $0 { true } else { false } })
        #expect(try await numbers() == [1, 5, 6, 7, 8, 9])
    }

    @Test("a full file tells each change that isn't kept, and keeps each that was acknowledged")
    func full() async throws {
        try await file.onWriter { try $0.execute(sql: "PRAGMA max_page_count = \(Int.fetchOne($0, sql: "PRAGMA page_count")! + 20)") }
        let words = String(repeating: "a", count: 10_000)
        let thrown = try await together(40) { number, database in
            try database.execute(sql: "INSERT INTO line VALUES (?, ?)", arguments: [number, words])
        }
        #expect(!thrown.isEmpty)
        #expect(thrown.values.allSatisfy { if case SQLiteLedgerError.diskFull = $0 { true } else { false } })
        #expect(try await numbers(at: place.crashedCopy()) == (0..<40).filter { thrown[$0] == nil })
    }

    @Test("when the transaction can't be ended, none of its changes is kept, and all are told")
    func unended() async throws {
        try await file.write { database in
            try database.execute(sql: "CREATE TABLE page (line INTEGER REFERENCES line (number) DEFERRABLE INITIALLY DEFERRED)")
        }
        let thrown = try await together(10) { number, database in
            try database.execute(sql: "INSERT INTO line VALUES (?, '')", arguments: [number])
            if number == 7 { try database.execute(sql: "INSERT INTO page VALUES (99)") }
        }
        // Those that shared the seventh's transaction; one may have gone before.
        #expect(thrown[7] != nil)
        #expect(try await numbers() == (0..<10).filter { thrown[$0] == nil })
    }

    @Test("a cancelled task is told what became of its change")
    func cancelled() async throws {
        let task = Task { [file] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await file.write { database in
                try database.execute(sql: "INSERT INTO line VALUES (1, '')")
                return database.lastInsertedRowID
            }
        }
        #expect(try await task.value == 1)
    }

    @Test("a closed ledger refuses changes")
    func closed() async throws {
        try file.close()
        await #expect(throws: (any Error).self) { try await insert() }
    }
}
