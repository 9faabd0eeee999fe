import FollowUp
import Testing

@Suite struct RevisionFoldTests {
    static let records = [
        record("1", 1, 100), record("1", 2, 200), record("2", 1, 300), record("2", 3, 300, .void), record("2", 2, 400), record("2A", 1, 500),
    ]

    static func record(_ number: String, _ revision: Int, _ mileage: Int, _ status: RepairOrder.Status = .closed) -> RepairOrder {
        RepairOrder(
            roNumber: .init(number), revision: revision, status: status, closedOn: LocalDate(dayNumber: 20_000), mileage: mileage,
            customer: Customer())
    }

    @Test("revisions and voids end alike in any order of the file")
    func anyOrder() {
        var seed: UInt64 = 0x9E37_79B9
        for _ in 0..<500 {
            var fold = RevisionFold()
            var left = Self.records
            while !left.isEmpty {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                fold.add(left.remove(at: Int(seed >> 33) % left.count))
            }
            #expect(fold.standing.map(\.roNumber.text) == ["1", "2A"])
            #expect(fold.standing.first?.mileage == 200)
        }
    }

    @Test("a record of a voided revision doesn't bring it back")
    func voidStands() {
        var fold = RevisionFold()
        fold.add(Self.record("1", 2, 1, .void))
        fold.add(Self.record("1", 2, 1))
        #expect(fold.standing.isEmpty)
    }
}
