import FollowUp
import SQLiteStorage
import Testing

@Suite struct ImportTests {
    let place: TemporaryLedger
    let ledger: SQLiteLedger

    init() throws {
        place = try TemporaryLedger()
        ledger = try SQLiteLedger(path: place.path)
    }

    @Test("a repair order comes back with every field as it went in, also from a file opened again")
    func roundTrip() async throws {
        var unsaid = order("7")
        unsaid.performed = nil
        unsaid.declined = []
        var empty = order("8")
        empty.performed = []
        empty.doneElsewhere = []
        try await ledger.take([fullOrder, unsaid, empty], sha256: "a")
        try ledger.close()
        let again = try SQLiteLedger(path: place.path)
        #expect(try await again.all() == [fullOrder, unsaid, empty])
        #expect(try await again.repairOrder(rooftop: "lakeside", roNumber: fullOrder.roNumber) == fullOrder)
        #expect(try await again.repairOrder(rooftop: "lakeside", roNumber: RepairOrder.Number("9")) == nil)
    }

    @Test("the same bytes imported again are no import, under another name too")
    func idempotent() async throws {
        let id = try await ledger.begin("lakeside", "a")
        try await ledger.stage([order("1")], [], in: id)
        _ = try await ledger.publish(id, now: noon)
        let again = try await ledger.begin(rooftop: "lakeside", fileName: "other.csv", sha256: "a", now: noon + 60)
        #expect(again == .alreadyImported(id))
        #expect(try await ledger.outcome(of: id) == ImportOutcome(new: 1))
    }

    @Test("equal records in another file change nothing, and stay with the import that wrote them")
    func unchanged() async throws {
        let first = try await ledger.begin("lakeside", "a")
        try await ledger.stage([fullOrder, order("2")], [], in: first)
        _ = try await ledger.publish(first, now: noon)
        var resent = fullOrder
        resent.source?.file = "tuesday.csv"
        let second = try await ledger.begin("lakeside", "b")
        try await ledger.stage([resent, order("2")], [], in: second)
        #expect(try await ledger.publish(second, now: noon) == ImportOutcome(unchanged: 2))
    }

    @Test("a revision replaces the older one with its items, and an older one never comes back")
    func revisions() async throws {
        try await ledger.take([order("1", revision: 2), order("2")], sha256: "a")
        #expect(try await ledger.take([order("1", revision: 1)], sha256: "b") == ImportOutcome(olderIgnored: 1))
        #expect(try await ledger.all() == [order("1", revision: 2), order("2")])
        #expect(try await ledger.take([order("1", revision: 3)], sha256: "c") == ImportOutcome(revised: 1))
        #expect(try await ledger.all() == [order("1", revision: 3), order("2")])
    }

    @Test("a void that arrives before its original stays void")
    func voidFirst() async throws {
        #expect(try await ledger.take([order("1", .void)], sha256: "a") == ImportOutcome(voided: 1))
        #expect(try await ledger.take([order("1")], sha256: "b") == ImportOutcome(olderIgnored: 1))
        #expect(try await ledger.all() == [order("1", .void)])
    }

    @Test("records of one number within one file follow each other, and every record is counted once")
    func withinOneFile() async throws {
        let records = [order("1"), order("1"), order("1", revision: 1), order("1"), order("1", revision: 1, .void)]
        let outcome = try await ledger.take(records, sha256: "a")
        #expect(outcome == ImportOutcome(new: 1, revised: 1, unchanged: 1, olderIgnored: 1, voided: 1))
        #expect(try await ledger.all() == [order("1", revision: 1, .void)])
    }

    @Test("two rooftops with one repair order number don't meet")
    func rooftops() async throws {
        try await ledger.take([order("1")], sha256: "a")
        let outcome = try await ledger.take([order("1", revision: 5)], rooftop: "hillside", sha256: "a")
        #expect(outcome == ImportOutcome(new: 1))
        #expect(try await ledger.all() == [order("1")])
        #expect(try await ledger.all("hillside") == [order("1", revision: 5)])
    }

    @Test("pages of repair orders join without a gap")
    func pages() async throws {
        let orders = (1...5).map { order("\($0)") }
        try await ledger.take(orders.reversed(), sha256: "a")
        let first = try await ledger.repairOrders(rooftop: "lakeside", after: nil, limit: 3)
        let second = try await ledger.repairOrders(rooftop: "lakeside", after: first.last?.roNumber, limit: 3)
        #expect(first + second == orders)
    }

    @Test("a crash between stage and publish leaves nothing visible, and the file can be imported anew")
    func crashBeforePublish() async throws {
        try await ledger.take([order("1")], sha256: "a")
        let id = try await ledger.begin("lakeside", "b")
        try await ledger.stage([order("1", revision: 9), order("2")], [brokenRow], in: id)
        #expect(try await ledger.all() == [order("1")])

        let survivor = try SQLiteLedger(path: try place.crashedCopy())
        #expect(try await survivor.all() == [order("1")])
        #expect(try await survivor.waiting("lakeside") == [])
        let outcome = try await survivor.take([order("2")], sha256: "b")
        #expect(outcome == ImportOutcome(new: 1))
        #expect(try await survivor.all() == [order("1"), order("2")])
    }

    @Test("what was published is there after a crash")
    func crashAfterPublish() async throws {
        try await ledger.take([fullOrder], quarantined: [brokenRow], sha256: "a")
        let survivor = try SQLiteLedger(path: try place.crashedCopy())
        #expect(try await survivor.all() == [fullOrder])
        #expect(try await survivor.waiting("lakeside").map(\.entry) == [brokenRow])
    }

    @Test("an abandoned import leaves nothing and takes no more")
    func abandoned() async throws {
        let id = try await ledger.begin("lakeside", "a")
        try await ledger.stage([order("1")], [brokenRow], in: id)
        try await ledger.abandon(id)
        try await ledger.abandon(id)
        await #expect(throws: ImportNotStaging(id: id)) { try await ledger.stage([order("1")], [], in: id) }
        await #expect(throws: ImportNotStaging(id: id)) { try await ledger.publish(id, now: noon) }
        #expect(try await ledger.all() == [])
        #expect(try await ledger.outcome(of: id) == nil)
        #expect(try await ledger.take([order("1")], sha256: "a") == ImportOutcome(new: 1))
    }

    @Test("a published import can't be published or abandoned")
    func publishedTwice() async throws {
        let id = try await ledger.begin("lakeside", "a")
        _ = try await ledger.publish(id, now: noon)
        await #expect(throws: ImportNotStaging(id: id)) { try await ledger.publish(id, now: noon) }
        await #expect(throws: ImportNotStaging(id: id)) { try await ledger.abandon(id) }
    }

    @Test("quarantined rows are kept with their raw bytes until they are replayed")
    func quarantine() async throws {
        let long = QuarantineEntry(
            code: "row_too_long", reason: "too long", lineFrom: 8, lineTo: 8, byteOffset: 99, rawBytes: [],
            isTruncated: true)
        let outcome = try await ledger.take([order("1")], quarantined: [brokenRow, long], sha256: "a")
        #expect(outcome == ImportOutcome(new: 1, quarantined: 2))
        let waiting = try await ledger.waiting("lakeside")
        #expect(waiting.map(\.entry) == [brokenRow, long])
        #expect(waiting.map(\.fileName) == ["a.csv", "a.csv"])
        #expect(try await ledger.waiting("hillside") == [])
        #expect(try await ledger.quarantine(of: waiting[0].importID, after: waiting[0].id, limit: 10) == [waiting[1]])
        _ = try await ledger.replay([.skipped([waiting[0].id])], of: waiting[0].importID, now: noon)
        #expect(try await ledger.waiting("lakeside") == [waiting[1]])
    }
}

let brokenRow = QuarantineEntry(
    code: "mapping_error", reason: "the date is not one", lineFrom: 4, lineTo: 5, byteOffset: 311,
    rawBytes: [0x00, 0xFF, 0xFD, 0x22, 0x0A, 0x41], scriptLine: "mapping.lua:12")
