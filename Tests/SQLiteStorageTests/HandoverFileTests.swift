import FollowUp
import Foundation
import GRDB
import Testing

@testable import SQLiteStorage

/// What is known beside the ledger of what went out.
@Suite struct HandoverFileTests {
    let place: TemporaryLedger
    private let touch = Touch.ID(7)

    init() throws {
        place = try TemporaryLedger()
    }

    private func journal() throws -> HandoverFile { try HandoverFile(besideLedger: place.path) }

    @Test("the last note of a touch stands, also for the next process; what was begun or accepted isn't begun again")
    func notes() async throws {
        #expect(try await journal().begin([touch], at: noon) == [:])
        #expect(try await journal().begin([touch, Touch.ID(9)], at: noon) == [touch: .begun])
        try await journal().end([touch: .refused], at: noon)
        #expect(try await journal().begin([touch], at: noon) == [touch: .refused])
        #expect(try await journal().handover(of: touch) == .begun)
        try await journal().end([touch: .accepted(providerID: "SM1"), Touch.ID(9): nil], at: noon)
        #expect(try await journal().begin([touch, Touch.ID(9)], at: noon) == [touch: .accepted(providerID: "SM1")])
        #expect(try await journal().handover(of: touch) == .accepted(providerID: "SM1"))
        #expect(try await journal().handover(of: Touch.ID(8)) == nil)
    }

    @Test("what can't be due again is left out")
    func pruned() async throws {
        let journal = try journal()
        try await journal.end([touch: .refused], at: noon)
        try await journal.prune(at: noon + 99 * Timestamp.secondsPerDay)
        #expect(try await journal.handover(of: touch) == .refused)
        try await journal.prune(at: noon + 101 * Timestamp.secondsPerDay)
        #expect(try await journal.handover(of: touch) == nil)
    }

    @Test("a file of something else is refused with its path", arguments: ["no database at all, only words", nil])
    func foreign(words: String?) throws {
        if let words {
            try Data(words.utf8).write(to: URL(filePath: place.path + "-sent"))
        } else {
            try DatabaseQueue(path: place.path + "-sent").write { try $0.execute(sql: "CREATE TABLE theirs (number INTEGER)") }
        }
        #expect { try journal() } throws: { "\($0)".hasPrefix("\(place.path)-sent: what goes out is noted here, and the file can't be used (it is ") }
        #expect(throws: SQLiteLedgerError.self) { try SQLiteLedger(path: place.path) }
    }

    /// Plans a visit of a customer of its own; gives the numbers of all touches.
    private func plan(_ number: String, in ledger: SQLiteLedger) async throws -> [Int64] {
        let rooftop = try FollowUpLedgerTests.rooftop("lakeside"), given = order(number)
        try await ledger.register(rooftop)
        let customer = Customer(name: "Ana Diaz", firstName: "Ana", phone: "+1312555014\(number)", textOK: true)
        try await ledger.take(
            [RepairOrder(
                roNumber: given.roNumber, revision: nil, status: .closed, closedOn: given.closedOn, mileage: given.mileage, customer: customer,
                vehicle: given.vehicle, declined: given.declined, performed: given.performed)], sha256: number)
        let planner = Planner(rooftop: rooftop)
        _ = try await ledger.planVisits(rooftop: rooftop.id, limit: 10, at: noon) { planner.changes(for: $0, at: noon) }
        return try await ledger.file.read { try Int64.fetchAll($0, sql: "SELECT id FROM touch ORDER BY id") }
    }

    @Test("after a restore no touch gets the number of one that went out")
    func restored() async throws {
        let ledger = try SQLiteLedger(path: place.path), journal = try journal()
        let first = try await plan("1", in: ledger)
        let copy = try place.crashedCopy()
        let lost = try await plan("2", in: ledger).filter { !first.contains($0) }
        _ = try await journal.begin((first + lost).map { Touch.ID($0) }, at: noon)
        try ledger.close()
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: place.path + suffix) {
            try FileManager.default.removeItem(atPath: place.path + suffix)
        }
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: copy + suffix) {
            try FileManager.default.copyItem(atPath: copy + suffix, toPath: place.path + suffix)
        }
        let again = try await plan("3", in: SQLiteLedger(path: place.path))
        #expect(!first.isEmpty && !lost.isEmpty && again.count > first.count)
        #expect(Set(again).intersection(lost).isEmpty, "\(again), of which \(lost) had gone out")
    }

    @Test("a ledger that wasn't restored goes on counting where it was")
    func notRestored() async throws {
        let first = try await plan("1", in: SQLiteLedger(path: place.path))
        let last = try #require(first.last)
        _ = try await journal().begin([Touch.ID(last)], at: noon)
        #expect(try await plan("2", in: SQLiteLedger(path: place.path)).contains(last + 1))
    }
}
