import FollowUp
import Foundation
import GRDB
import LedgerWorkload
import SQLiteStorage
import Testing

/// Several processes, and several tasks, on one ledger at the same time.
@Suite(.serialized) struct RaceTests {
    let place: Place
    let workload: Workload

    init() throws {
        place = try Place()
        workload = try Workload()
    }

    private func plan(contacts: Int, sharing: Int = 1, hasEmail: Bool = false) async throws {
        let ledger = try SQLiteLedger(path: place.ledger)
        try await workload.plan(contacts: contacts, sharing: sharing, hasEmail: hasEmail, in: ledger)
        try ledger.close()
    }

    @Test("cap and spacing hold for 150 contacts with 12 processes after them")
    func cap() async throws {
        let seed = runSeed("cap race")
        try await plan(contacts: 150, sharing: 2)
        let said = await race(try (0..<12).map { try WorkerProcess("claims", place.ledger, seed: seed &+ $0) })
        #expect(said.joined().filter { $0.hasPrefix("error") } == [])
        let audit = try LedgerAudit(path: place.ledger)
        #expect(audit.faults == [])
        #expect(audit.contacts.count == 150)
        #expect(audit.contacts.values.allSatisfy { $0.count == 3 }, "three each, though six were planned and twelve tried")
        print("cap race: 12 processes, 150 contacts, \(said.joined().count) intents held, nobody over the cap")
    }

    @Test("the control: counting first and inserting then goes over the cap in the same race")
    func naiveCap() async throws {
        let pool = try DatabasePool(path: place.folder.appending(path: "naive.sqlite").path)
        try await pool.write { try $0.execute(sql: "CREATE TABLE sent (contact INTEGER, at INTEGER)") }
        for contact in 0..<150 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let count = try await pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sent WHERE contact = ?", arguments: [contact]) }
                        guard count ?? 0 < 3 else { return }
                        try await pool.write { try $0.execute(sql: "INSERT INTO sent VALUES (?, 0)", arguments: [contact]) }
                    }
                }
                try await group.waitForAll()
            }
        }
        let over = try await pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM (SELECT 1 FROM sent GROUP BY contact HAVING count(*) > 3)") } ?? 0
        print("cap race, control: \(over) of 150 contacts went over")
        #expect(over > 0)
    }

    @Test("no intent holds that was begun after an opt-out was durable, whether or not it ends the follow-up", arguments: [false, true])
    func optOut(hasEmail: Bool) async throws {
        let seed = runSeed("opt-out race")
        try await plan(contacts: 60, hasEmail: hasEmail)
        let workers = try (0..<3).map { try WorkerProcess("races", place.ledger, seed: seed &+ $0) } + [WorkerProcess("stops", place.ledger, seed: seed)]
        let lines = await race(workers).joined().map { $0.split(separator: " ").map(String.init) }
        #expect(!lines.contains { $0[0] == "error" })
        let stopped = Dictionary(uniqueKeysWithValues: lines.filter { $0[0] == "stopped" }.map { ($0[1], UInt64($0[2]) ?? 0) })
        let held = lines.filter { $0[0] == "held" }
        #expect(stopped.count == 60)
        for line in held { #expect(UInt64(line[2]) ?? .max < stopped[line[1]] ?? 0, "\(line[1]) was begun after its opt-out") }
        #expect(Set(held.map { $0[1] }).count == held.count)
        let audit = try LedgerAudit(path: place.ledger)
        #expect(audit.faults == [])
        print("opt-out race: 60 opt-outs against three processes, \(held.count) intents held, none after its opt-out")
    }

    @Test("two processes that dispatch from one ledger hand no touch over twice")
    func dispatchers() async throws {
        let seed = runSeed("dispatch race")
        try await plan(contacts: 80)
        let said = await inStep(try (0..<2).map { try WorkerProcess("dispatches", place.ledger, seed: seed &+ $0) })
        #expect(said.joined().filter { $0.hasPrefix("error") } == [])
        let handed = said.map { $0.filter { $0.hasPrefix("handed ") } }
        #expect(Set(handed.joined()).count == handed.joined().count)
        #expect(handed.joined().count == 240)
        #expect(try LedgerAudit(path: place.ledger).faults == [])
        print("dispatch race: \(handed.map(\.count)) of 240 touches handed over by each process, none by both")
    }

    // MARK: - What comes of one send

    private func ledger(contacts: Int) async throws -> SQLiteLedger {
        let ledger = try SQLiteLedger.scratch(path: place.ledger)
        try await workload.plan(contacts: contacts, in: ledger)
        return ledger
    }

    /// What a ledger holds of a touch after its send: state, what is looked for next, contacts counted.
    private struct Outcome: Hashable {
        let state: String
        let isLookedFor: Bool
        let contacts: Int
    }

    private func outcomes(_ ledger: SQLiteLedger) async throws -> [Int64: Outcome] {
        try await ledger.file.onWriter { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT touch.id, state, attempt.look_at IS NOT NULL, (contact_1_at > 0) + (contact_2_at > 0) + (contact_3_at > 0)
                    FROM touch JOIN attempt ON touch_id = touch.id JOIN enrollment ON enrollment.id = enrollment_id
                    JOIN contact_point ON contact_point.id = phone_point_id
                    """)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Outcome(state: $0[1], isLookedFor: $0[2], contacts: $0[3])) })
        }
    }

    private enum Step: String, CaseIterable {
        case settled, notAccepted, givenUp, accepted, end, endAgain
    }

    private func permutations(_ steps: [Step]) -> [[Step]] {
        guard let first = steps.first else { return [[]] }
        return permutations(Array(steps.dropFirst())).flatMap { rest in
            (0...rest.count).map { place in
                var steps = rest
                steps.insert(first, at: place)
                return steps
            }
        }
    }

    private static func apply(_ step: Step, to intent: Intent, end: DeliveryReport.Status, _ ledger: SQLiteLedger, at now: Timestamp) async throws {
        func report(_ status: DeliveryReport.Status) async throws {
            try await ledger.record(
                DeliveryReport(providerID: "p\(intent.touch.number)", touch: intent.touch, generation: intent.generation, status: status, at: now))
        }
        func settle(_ outcome: SendOutcome) async throws {
            try await ledger.settle([SendResult(touch: intent.touch, generation: intent.generation, outcome: outcome, settledAt: now)])
        }
        switch step {
        case .settled: try await settle(.accepted(providerID: "p\(intent.touch.number)"))
        case .notAccepted: try await settle(.notAccepted(retryAt: now, reason: "connection refused"))
        case .givenUp: _ = try await ledger.giveUpUnsettled(at: intent.notAfter)
        case .accepted: try await report(.accepted)
        case .end, .endAgain: try await report(end)
        }
    }

    @Test(
        "in every order, and repeated, what the worker, the reaper and the provider say of a send comes to the same",
        arguments: [DeliveryReport.Status.delivered, .undelivered(.filtered), .failed(.other)], ["settled", "notAccepted"])
    func orders(_ end: DeliveryReport.Status, _ settling: String) async throws {
        let steps: [Step] = [settling == "settled" ? .settled : .notAccepted, .givenUp, .accepted, .end, .endAgain]
        let orders = permutations(steps)
        let ledger = try await ledger(contacts: orders.count)
        let now = workload.day(3)
        let claims = try await ledger.dueTouches(rooftop: workload.rooftop.id, at: now, limit: 1_000)
        #expect(claims.count == orders.count)
        for (claim, order) in zip(claims, orders) {
            let intent = workload.intent(claim, at: now)
            #expect(try await ledger.commit([intent], [], at: now) == [claim.id])
            for step in order { try await Self.apply(step, to: intent, end: end, ledger, at: now) }
        }
        let found = try await outcomes(ledger)
        let expected: String = switch end {
        case .delivered: "delivered"
        case .undelivered: "undelivered"
        case .failed, .accepted: "failed"
        }
        for (claim, order) in zip(claims, orders) {
            #expect(found[claim.id.number] == Outcome(state: expected, isLookedFor: false, contacts: 1), "\(order.map(\.rawValue))")
        }
        #expect(try await ledger.dueTouches(rooftop: workload.rooftop.id, at: now, limit: 1_000).isEmpty)
        print("orders: \(orders.count) orders of \(steps.map(\.rawValue)) end as \(expected)")
    }

    @Test("the worker's late answer, the reaper and the provider's callback at once come to the same")
    func atOnce() async throws {
        let contacts = 60 * runScale
        let ledger = try await ledger(contacts: contacts)
        let now = workload.day(3)
        let claims = try await ledger.dueTouches(rooftop: workload.rooftop.id, at: now, limit: contacts)
        let intents = claims.map { workload.intent($0, at: now) }
        #expect(try await ledger.commit(intents, [], at: now).count == contacts)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for intent in intents {
                for step in [Step.settled, .givenUp, .accepted, .end, .endAgain] {
                    group.addTask { try await Self.apply(step, to: intent, end: .delivered, ledger, at: now) }
                }
            }
            try await group.waitForAll()
        }
        let found = try await outcomes(ledger)
        #expect(found.count == contacts)
        #expect(Set(found.values) == [Outcome(state: "delivered", isLookedFor: false, contacts: 1)])
    }

    @Test("after six looks in a day a send of unknown outcome is parked, and is never sent again")
    func looks() async throws {
        let ledger = try await ledger(contacts: 1)
        let start = workload.day(3)
        let claim = try #require(try await ledger.dueTouches(rooftop: workload.rooftop.id, at: start, limit: 1).first)
        let intent = workload.intent(claim, at: start)
        #expect(try await ledger.commit([intent], [], at: start).count == 1)
        #expect(try await ledger.giveUpUnsettled(at: intent.notAfter) == 1)
        var looks = 0
        for minute in 0..<(26 * 60) {
            let now = start + Int64(minute) * 60
            for send in try await ledger.uncertainSends(at: now, limit: 10) {
                #expect(send.looks == looks)
                looks += 1
                try await ledger.record(looks % 2 == 0 ? .notFound : .unknown(reason: "503"), of: send, at: now)
                // A second reconciler that looked at the same time changes nothing.
                try await ledger.record(.notFound, of: send, at: now)
            }
        }
        #expect(looks == 6)
        #expect(try await outcomes(ledger)[claim.id.number] == Outcome(state: "parked", isLookedFor: false, contacts: 1))
        #expect(try await !ledger.dueTouches(rooftop: workload.rooftop.id, at: start + 40 * 86_400, limit: 10).contains { $0.id == claim.id })
        #expect(try await ledger.commit([intent], [], at: start + 40 * 86_400).isEmpty)
        // The provider's word counts even then.
        try await ledger.record(DeliveryReport(providerID: "p", touch: claim.id, generation: 1, status: .delivered, at: start + 3 * 86_400))
        #expect(try await outcomes(ledger)[claim.id.number]?.state == "delivered")
    }
}
