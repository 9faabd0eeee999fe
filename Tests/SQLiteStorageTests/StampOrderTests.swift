import FollowUp
import SQLiteStorage
import Testing

/// An older file never overwrites newer data.
@Suite struct StampOrderTests {
    let place: TemporaryLedger
    let ledger: SQLiteLedger

    init() throws {
        place = try TemporaryLedger()
        ledger = try SQLiteLedger(path: place.path)
    }

    private func order(_ number: String, day: Int64, revision: Int? = nil, _ status: RepairOrder.Status = .closed, note: String) -> RepairOrder {
        var order = SQLiteStorageTests.order(number, revision: revision, status, note: note)
        order.source = Source(
            file: "\(day).csv", sha256: "\(day)", stampedAt: noon + day * Timestamp.secondsPerDay, lineFrom: 2, lineTo: 2, byteOffset: 9)
        return order
    }

    @Test("without revisions the file with the later stamp holds, whichever came first", arguments: [nil, 4])
    func stamps(revision: Int?) async throws {
        let newer = order("1", day: 2, revision: revision, note: " newer")
        let older = order("1", day: 1, revision: revision, note: " older")
        try await ledger.take([newer], sha256: "2")
        #expect(try await ledger.take([older], sha256: "1") == ImportOutcome(olderIgnored: 1))
        #expect(try await ledger.all() == [newer])
        let newest = order("1", day: 3, revision: revision, note: " newest")
        #expect(try await ledger.take([newest], sha256: "3") == ImportOutcome(revised: 1))
    }

    @Test("a higher revision holds although its file is older")
    func revisions() async throws {
        try await ledger.take([order("1", day: 2, revision: 1, note: "")], sha256: "2")
        #expect(try await ledger.take([order("1", day: 1, revision: 2, note: "")], sha256: "1") == ImportOutcome(revised: 1))
    }

    @Test("a newer file that says the same makes what is held as new as that file")
    func confirmed() async throws {
        try await ledger.take([order("1", day: 1, note: "")], sha256: "1")
        #expect(try await ledger.take([order("1", day: 3, note: "")], sha256: "3") == ImportOutcome(unchanged: 1))
        #expect(try await ledger.take([order("1", day: 2, note: " between")], sha256: "2") == ImportOutcome(olderIgnored: 1))
    }

    @Test("files of any days, in any order, end alike")
    func shuffles() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("stamp order seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let files = (0..<8).map { day in
            (0..<6).compactMap { number -> RepairOrder? in
                guard Bool.random(using: &generator) else { return nil }
                let isVoid = Int.random(in: 0...9, using: &generator) == 0
                // Equal contents on several days, too.
                let note = " \(Int.random(in: 0...2, using: &generator))"
                return order("\(number)", day: Int64(day), isVoid ? .void : .closed, note: note)
            }
        }
        var ends: [[RepairOrder]] = []
        for round in 0..<30 {
            for (place, file) in files.enumerated().shuffled(using: &generator) {
                try await ledger.take(file, rooftop: "rooftop \(round)", sha256: "\(place)")
            }
            ends.append(
                try await ledger.all("rooftop \(round)").map { order in
                    var order = order
                    order.source = nil
                    return order
                })
        }
        #expect(ends.allSatisfy { $0 == ends[0] }, "seed \(seed)")
    }
}
