import FollowUp
import SQLiteStorage
import Testing

@Suite struct RevisionOrderTests {
    private static let shuffleCount = 60

    @Test("any order of revisions and voids, cut into any files, ends as the fold of the same records and always alike")
    func shuffles() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("revision order seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let place = try TemporaryLedger()
        let ledger = try SQLiteLedger(path: place.path)
        let records = Self.records(using: &generator)
        var ends: [[RepairOrder]] = []
        for round in 0..<Self.shuffleCount {
            let rooftop = "rooftop \(round)"
            let shuffled = records.shuffled(using: &generator)
            try await Self.take(shuffled, into: ledger, rooftop: rooftop, using: &generator)
            var fold = RevisionFold()
            shuffled.forEach { fold.add($0) }
            let end = try await ledger.all(rooftop)
            #expect(end.filter { $0.status == .closed } == fold.standing, "seed \(seed), round \(round)")
            ends.append(end)
        }
        #expect(ends.allSatisfy { $0 == ends[0] }, "seed \(seed)")
    }

    @Test("records of one revision that differ end as the fold of the same order")
    func lastReadWins() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("last read seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let place = try TemporaryLedger()
        let ledger = try SQLiteLedger(path: place.path)
        for round in 0..<Self.shuffleCount {
            let rooftop = "rooftop \(round)"
            let records = (0..<30).map { index in
                order("\(index % 7)", revision: Int.random(in: 0...2, using: &generator), note: " \(index)")
            }.shuffled(using: &generator)
            try await Self.take(records, into: ledger, rooftop: rooftop, using: &generator)
            var fold = RevisionFold()
            records.forEach { fold.add($0) }
            #expect(try await ledger.all(rooftop) == fold.standing, "seed \(seed), round \(round)")
        }
    }

    /// Revisions and voids of some numbers, whose contents follow from number, revision and status alone.
    private static func records(using generator: inout SeededGenerator) -> [RepairOrder] {
        (0..<12).flatMap { number in
            (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                let isVoid = Int.random(in: 0...3, using: &generator) == 0
                return order("\(number)", revision: Int.random(in: 0...3, using: &generator), isVoid ? .void : .closed)
            }
        }
    }

    private static func take(
        _ records: [RepairOrder], into ledger: SQLiteLedger, rooftop: String, using generator: inout SeededGenerator
    ) async throws {
        var rest = records[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Int.random(in: 1...20, using: &generator)))
            rest = rest.dropFirst(part.count)
            let outcome = try await ledger.take(part, rooftop: rooftop, sha256: "\(rest.count)")
            let counted = outcome.new + outcome.revised + outcome.unchanged + outcome.olderIgnored + outcome.voided
            #expect(counted == part.count)
        }
    }
}
