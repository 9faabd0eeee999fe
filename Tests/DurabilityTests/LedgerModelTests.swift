import FollowUp
import Foundation
import GRDB
import LedgerWorkload
import SQLiteStorage
import Testing

/// Random histories of a few touches, on the ledger and on the model of it at once: after each step both must say the same.
@Suite struct LedgerModelTests {
    static let histories = 60 * runScale
    static let steps = 80
    static let contacts = 3

    private struct Standing: Equatable {
        var states: [Touch.ID: Touch.State] = [:]
        var generations: [Touch.ID: Int] = [:]
        /// By contact: times counted, whether it opted out, whether its follow-up ended.
        var contacts: [String] = []
    }

    private func standing(_ ledger: SQLiteLedger) async throws -> Standing {
        try await ledger.file.onWriter { database in
            var standing = Standing()
            for row in try Row.fetchAll(database, sql: "SELECT id, state, generation FROM touch") {
                standing.states[Touch.ID(row[0])] = Touch.State(rawValue: row[1])
                standing.generations[Touch.ID(row[0])] = row[2]
            }
            let contacts = """
                SELECT contact_1_at, contact_2_at, contact_3_at, opted_out_at IS NOT NULL, held_at IS NOT NULL, ended_at IS NOT NULL
                FROM contact_point JOIN enrollment ON phone_point_id = contact_point.id ORDER BY address
                """
            for row in try Row.fetchAll(database, sql: contacts) {
                let times = [row[0], row[1], row[2]].filter { $0 > (0 as Int64) }
                standing.contacts.append("\(times) \(row[3] as Bool) \(row[4] as Bool) \(row[5] as Bool)")
            }
            return standing
        }
    }

    private func standing(_ model: LedgerModel) -> Standing {
        Standing(
            states: model.touches.mapValues(\.state), generations: model.touches.mapValues(\.generation),
            contacts: model.contacts.map { "\($0.times.map(\.secondsSince1970)) \($0.hasOptedOut) \($0.isHeld) \($0.hasEnded)" })
    }

    /// What may follow a state: the table. Whatever may have been sent never waits to be sent again.
    private static func mayFollow(_ state: Touch.State) -> Set<Touch.State> {
        switch state {
        case .planned: [.sending, .suppressed, .accepted, .delivered, .undelivered, .failed]
        case .sending: [.accepted, .delivered, .undelivered, .failed, .uncertain, .planned, .rejected, .suppressed]
        case .uncertain: [.accepted, .delivered, .undelivered, .failed, .parked]
        case .parked: [.accepted, .delivered, .undelivered, .failed]
        case .accepted: [.delivered, .undelivered, .failed]
        case .suppressed, .expired, .superseded, .rejected: [.accepted, .delivered, .undelivered, .failed]
        case .delivered, .undelivered, .failed: []
        }
    }

    @Test("random histories leave the ledger as the table of states says")
    func histories() async throws {
        let seed = runSeed("histories")
        let place = try Place()
        let workload = try Workload()
        var seen: [String: Int] = [:]
        for history in 0..<Self.histories {
            var random = SeededGenerator(seed: seed &+ UInt64(history))
            let path = place.ledgerFolder.appending(path: "\(history).sqlite").path
            let ledger = try SQLiteLedger.scratch(path: path)
            try await workload.plan(contacts: Self.contacts, in: ledger)
            let planned = try await ledger.file.onWriter { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT touch.id, address, is_last FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                        JOIN contact_point ON contact_point.id = phone_point_id ORDER BY touch.id
                        """
                ).map { (id: Touch.ID($0[0]), address: $0[1] as String, isLast: $0[2] as Bool) }
            }
            let addresses = Set(planned.map(\.address)).sorted()
            var model = LedgerModel(
                contacts: addresses.count, touches: planned.map { (id: $0.id, contact: addresses.firstIndex(of: $0.address) ?? 0, isLast: $0.isLast) })
            var now = workload.day(3)
            var told: [String] = []
            for _ in 0..<Self.steps {
                let before = model
                let step = try await take(one: &random, &model, ledger, planned.map(\.id), addresses, &now, workload)
                told.append(step)
                let (found, expected) = (try await standing(ledger), standing(model))
                for (id, state) in found.states {
                    let last = before.touches[id]?.state ?? .planned
                    if state != last {
                        seen["\(last.rawValue) → \(state.rawValue)", default: 0] += 1
                        #expect(Self.mayFollow(last).contains(state), "seed \(seed), history \(history): \(id) went from \(last) to \(state)")
                    }
                }
                guard found == expected else {
                    Issue.record("seed \(seed), history \(history): \(told.suffix(12))\nledger \(found)\nmodel \(expected)")
                    break
                }
            }
            try ledger.close()
        }
        print("histories: \(Self.histories) of \(Self.steps) steps, changes seen: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    }

    /// Takes one random step on both, and tells it.
    private func take(
        one random: inout SeededGenerator, _ model: inout LedgerModel, _ ledger: SQLiteLedger, _ touches: [Touch.ID], _ addresses: [String],
        _ now: inout Timestamp, _ workload: Workload
    ) async throws -> String {
        let id = touches.randomElement(using: &random) ?? touches[0]
        let touch = model.touches[id]!
        let address = addresses[touch.contact]
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6:
            let intent = Intent(
                touch: id, kind: .reminder, generation: touch.generation + 1, rooftop: workload.rooftop.id, address: address,
                message: .sms("words"), decidedAt: now, notAfter: now + 3600, bundleSHA256: "b")
            let wasKnown = touch.isKnownToTheProvider
            let holds = try await ledger.commit([intent], [], at: now).contains(id)
            #expect(holds == model.commit(id, notAfter: now + 3600, at: now), "commit of \(id)")
            #expect(!(holds && wasKnown), "\(id) is sent again although the provider has it")
            return "commit \(id) \(holds)"
        case 6..<11 where touch.generation > 0:
            let outcome = outcome(now, &random)
            let generation = Bool.random(using: &random) ? touch.generation : Int.random(in: 1...touch.generation, using: &random)
            try await ledger.settle([SendResult(touch: id, generation: generation, outcome: outcome, settledAt: now)])
            model.settle(id, generation, outcome, at: now)
            return "settle \(id) \(generation) \(outcome)"
        case 11..<14 where touch.generation > 0:
            let generation = Int.random(in: 1...touch.generation, using: &random)
            let status = status(&random)
            try await ledger.record(DeliveryReport(providerID: "p", touch: id, generation: generation, status: status, at: now))
            model.report(id, generation, status)
            return "report \(id) \(generation) \(status)"
        case 14..<16:
            let due = try await ledger.uncertainSends(at: now, limit: 100)
            #expect(Dictionary(uniqueKeysWithValues: due.map { ($0.touch, $0.looks) }) == model.looks(at: now))
            for send in due {
                if Int.random(in: 0..<6, using: &random) == 0 {
                    let report = DeliveryReport(providerID: "p", status: .accepted, at: now)
                    try await ledger.record(.found(report), of: send, at: now)
                    model.report(send.touch, send.generation, .accepted)
                } else {
                    try await ledger.record(.notFound, of: send, at: now)
                    model.notFound(send.touch, at: now)
                }
            }
            return "look at \(due.map(\.touch))"
        case 16:
            #expect(try await ledger.giveUpUnsettled(at: now) == model.giveUp(at: now))
            return "give up"
        case 17:
            let kind = Int.random(in: 0..<12, using: &random)
            guard kind < 3 else { break }
            let texts = ["STOP", "Friday?", "can I stop by Tuesday"]
            try await ledger.record(Inbound(rooftop: workload.rooftop.id, from: .phone(address), kind: .reply(texts[kind]), at: now))
            if kind == 0 { model.optOut(touch.contact) } else { model.reply(touch.contact, at: now) }
            if kind == 2 { model.hold(touch.contact) }
            return "answer \(texts[kind]) of \(address)"
        default: break
        }
        now = now + [60, 1800, 7200, 86_400, 4 * 86_400].randomElement(using: &random)!
        return "time passes"
    }

    private func outcome(_ now: Timestamp, _ random: inout SeededGenerator) -> SendOutcome {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: .accepted(providerID: "p")
        case 2, 3: .uncertain(reason: "no answer")
        case 4..<8: .notAccepted(retryAt: now + 600, reason: "429")
        case 8: .rejected(.landline, reason: "30006")
        default: .rejected(Bool.random(using: &random) ? .filtered : .optedOut, reason: "refused")
        }
    }

    private func status(_ random: inout SeededGenerator) -> DeliveryReport.Status {
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<4: .accepted
        case 4, 5: .delivered
        case 6: .undelivered(.filtered)
        default: .failed(Int.random(in: 0..<4, using: &random) == 0 ? .optedOut : .other)
        }
    }
}
