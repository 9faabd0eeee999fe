import FollowUp
import Foundation
import SQLiteStorage
import Testing

/// Replaying quarantined rows: what maps enters once, whatever else runs or ends in between.
@Suite struct ReplayTests {
    let place: TemporaryLedger
    let ledger: SQLiteLedger

    init() throws {
        place = try TemporaryLedger()
        ledger = try SQLiteLedger(path: place.path)
    }

    static func row(_ number: Int, code: String = "refused") -> QuarantineEntry {
        QuarantineEntry(
            code: code, reason: "no day", lineFrom: number, lineTo: number, byteOffset: number * 100, rawBytes: Array("\(number),x".utf8),
            scriptLine: "mapping.lua:3")
    }

    /// Imports one good order and rows put aside, and gives the rows.
    private func waiting(_ count: Int, code: String = "refused", _ orders: [RepairOrder] = [order("1")]) async throws -> [QuarantinedEntry] {
        try await ledger.take(orders, quarantined: (0..<count).map { Self.row($0 + 2, code: code) }, sha256: "a")
        return try await ledger.waiting()
    }

    @Test("what maps enters with its source and its row is done; what doesn't waits with its new reason")
    func replay() async throws {
        let rows = try await waiting(3)
        var entering = order("2")
        entering.source = Source(file: "a.csv", sha256: "a", lineFrom: 2, lineTo: 2, byteOffset: 200)
        let outcome = try await ledger.replay(
            [
                .repairOrder(entering, rows: [rows[0].id], mayLackRows: false), .skipped([rows[1].id]),
                .waits([rows[2].id], code: "script_error", reason: "no idea", scriptLine: "mapping.lua:9"),
            ], of: rows[0].importID, now: noon)
        #expect(outcome.changes == ImportOutcome(new: 1, quarantined: 1))
        #expect(outcome.rowsTakenIn == 1 && outcome.rowsSkipped == 1 && outcome.rowsWaiting == 1)
        #expect(try await ledger.repairOrder(rooftop: "lakeside", roNumber: .init("2")) == entering)
        let left = try await ledger.waiting()
        #expect(left.map(\.id) == [rows[2].id])
        #expect(left[0].entry.code == "script_error" && left[0].entry.firstCode == "refused" && left[0].entry.rawBytes == rows[2].entry.rawBytes)
    }

    @Test("of two replays at once, from two connections, each row enters by one of them")
    func race() async throws {
        let rows = try await waiting(40)
        let results = rows.map { ReplayedRows.repairOrder(order("\($0.entry.lineFrom)"), rows: [$0.id], mayLackRows: false) }
        let id = rows[0].importID
        let ledgers = [ledger, try SQLiteLedger(path: place.path)]
        let outcomes = try await withThrowingTaskGroup(of: ReplayOutcome.self) { group in
            for ledger in ledgers { group.addTask { try await ledger.replay(results, of: id, now: noon) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.rowsTakenIn).reduce(0, +) == 40)
        #expect(outcomes.map(\.changes.new).reduce(0, +) == 40)
        #expect(outcomes.map(\.rowsTakenElsewhere).max() == 40)
        #expect(try await ledger.waiting().isEmpty)
        #expect(try await ledger.all().count == 41)
    }

    @Test("a replay that is cut short leaves its rows waiting or its orders in, never both or neither")
    func crash() async throws {
        let rows = try await waiting(2)
        let before = try SQLiteLedger(path: place.crashedCopy())
        #expect(try await before.waiting().count == 2)
        #expect(try await before.all().count == 1)
        let results = rows.map { ReplayedRows.repairOrder(order("\($0.entry.lineFrom)"), rows: [$0.id], mayLackRows: false) }
        _ = try await ledger.replay(results, of: rows[0].importID, now: noon)
        let after = try SQLiteLedger(path: place.crashedCopy())
        #expect(try await after.waiting().isEmpty)
        #expect(try await after.all().count == 3)
    }

    @Test("a record that may lack rows never replaces what is held, and enters where nothing is")
    func partial() async throws {
        let rows = try await waiting(2, code: "bad_encoding")
        let outcome = try await ledger.replay(
            [
                .repairOrder(order("1", note: " alone"), rows: [rows[0].id], mayLackRows: true),
                .repairOrder(order("2"), rows: [rows[1].id], mayLackRows: true),
            ], of: rows[0].importID, now: noon)
        #expect(outcome.rowsNeedingFile == 1 && outcome.rowsTakenIn == 1)
        #expect(try await ledger.all() == [order("1"), order("2")])
        let left = try await ledger.waiting()
        #expect(left.map(\.entry.code) == [ReplayOutcome.needsWholeFile])
        #expect(left[0].entry.firstCode == "bad_encoding")
    }

    @Test("a row of which one part still doesn't map goes on waiting, and its other part enters once")
    func parts() async throws {
        let rows = try await waiting(1)
        let results: [ReplayedRows] = [
            .repairOrder(order("2"), rows: [rows[0].id], mayLackRows: false),
            .waits([rows[0].id], code: "refused", reason: "no day", scriptLine: nil),
        ]
        #expect(try await ledger.replay(results, of: rows[0].importID, now: noon).changes == ImportOutcome(new: 1, quarantined: 1))
        #expect(try await ledger.replay(results, of: rows[0].importID, now: noon).changes == ImportOutcome(unchanged: 1, quarantined: 1))
    }

    @Test("the header is kept with the import, and added by a later import of a file whose header wasn't kept")
    func header() async throws {
        _ = try await waiting(1)
        #expect(try await ledger.waitingImports(rooftop: "lakeside").map(\.file.header) == [nil])
        let again = try await ledger.begin(ImportedFile(name: "a.csv", sha256: "a", header: [82, 79]), rooftop: "lakeside", now: noon)
        guard case .alreadyImported = again else { throw UnexpectedlyImported(id: ImportID(0)) }
        let imports = try await ledger.waitingImports(rooftop: "lakeside")
        #expect(imports.map(\.file.header) == [[82, 79]])
        #expect(imports.map(\.rows) == [1])
    }
}
