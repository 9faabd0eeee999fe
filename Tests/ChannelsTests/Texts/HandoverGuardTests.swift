import FollowUp
import Synchronization
import Testing

@testable import Channels

@Suite struct HandoverGuardTests {
    /// A journal in memory. Where it is to fail it notes nothing from then on.
    final class NotedJournal: HandoverJournal {
        struct Full: Error, CustomStringConvertible {
            let description = "the disk is full"
        }

        private let state = Mutex((notes: [Int64: [Handover]](), left: Int.max))

        /// - Parameter left: How many changes it takes.
        init(_ before: Handover? = nil, left: Int = .max) {
            state.withLock { $0 = (before.map { [Given.text().touch.number: [$0]] } ?? [:], left) }
        }

        var notes: [Handover] { state.withLock { $0.notes.values.flatMap { $0 } } }

        private func add(_ handover: Handover, _ touch: Touch.ID) throws {
            try state.withLock { state in
                guard state.left > 0 else { throw Full() }
                state.left -= 1
                state.notes[touch.number, default: []].append(handover)
            }
        }

        func begin(_ touches: [Touch.ID], at now: Timestamp) async throws -> [Touch.ID: Handover] {
            var known: [Touch.ID: Handover] = [:]
            for touch in touches {
                known[touch] = state.withLock { $0.notes[touch.number]?.last }
                switch known[touch] {
                case .begun, .accepted: break
                case .refused, nil: try add(.begun, touch)
                }
            }
            return known
        }

        func end(_ ends: [Touch.ID: Handover?], at now: Timestamp) async throws {
            for (touch, handover) in ends {
                if let handover { try add(handover, touch) } else { state.withLock { $0.notes[touch.number] = nil } }
            }
        }

        func handover(of touch: Touch.ID) async throws -> Handover? { state.withLock { $0.notes[touch.number]?.last } }
    }

    private func guarded(_ provider: Provider, _ journal: NotedJournal = NotedJournal(), startedAt: Timestamp = Given.noon) throws -> HandoverGuard {
        let gateway = Given.gateway(try Given.settings(provider.url))
        return HandoverGuard(gateway: gateway, lookup: gateway, journal: journal, startedAt: startedAt, clock: StandingClock(Given.noon))
    }

    /// As the dispatcher does it.
    private func send(_ intent: Intent, by guarded: HandoverGuard) async -> SendOutcome {
        let known = await guarded.prepare([intent])[intent.touch]
        let outcome = if let known { known } else { await guarded.send(intent) }
        await guarded.conclude([SendResult(touch: intent.touch, generation: intent.generation, outcome: outcome, settledAt: Given.noon)])
        return outcome
    }

    @Test("a touch is noted before it goes out, and again when its fate is known", arguments: [
        ("none", [Handover.begun, .accepted(providerID: "")]), ("429", [.begun, .refused]), ("reset-after-accept", [.begun]), ("500-after-accept", [.begun]),
    ])
    func notes(fault: String, notes: [Handover]) async throws {
        let provider = try await Provider("--fault", fault), journal = NotedJournal()
        let outcome = await send(Given.text(dueAt: Given.noon), by: try guarded(provider, journal, startedAt: Given.noon - 60))
        let seen = journal.notes.map { if case .accepted = $0 { Handover.accepted(providerID: "") } else { $0 } }
        #expect(seen == notes)
        if case .accepted(let providerID) = outcome { #expect(journal.notes.last == .accepted(providerID: providerID)) }
    }

    @Test("what the journal knows isn't handed over again, whatever the channel is by now", arguments: [
        (Handover.accepted(providerID: "<a@mail.example>"), 0), (.begun, 0), (.refused, 1),
    ])
    func known(before: Handover, count: Int) async throws {
        let provider = try await Provider()
        let outcome = await send(Given.text(dueAt: Given.noon - 60), by: try guarded(provider, NotedJournal(before)))
        #expect(try provider.entries("accept").count == count)
        switch (before, outcome) {
        case (.accepted, .accepted(providerID: "<a@mail.example>")), (.begun, .uncertain), (.refused, .accepted): break
        default: Issue.record("\(outcome)")
        }
    }

    @Test("nothing goes out that can't be noted; what went out and can't be noted any more keeps its outcome", arguments: [(0, 0), (1, 1)])
    func full(left: Int, count: Int) async throws {
        let provider = try await Provider(), journal = NotedJournal(left: left)
        let outcome = await send(Given.text(dueAt: Given.noon), by: try guarded(provider, journal, startedAt: Given.noon - 60))
        #expect(try provider.entries("accept").count == count)
        switch (left, outcome) {
        case (0, .notAccepted(Given.noon + HandoverGuard.retrySeconds, "the disk is full")), (1, .accepted): break
        default: Issue.record("\(outcome)")
        }
    }

    @Test("a look that couldn't be made is made again, and isn't taken for a refusal")
    func lookedAgain() async throws {
        let provider = try await Provider("--fault", "500@list", "--fault", "none@list"), journal = NotedJournal()
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        let guarded = try guarded(provider, journal)
        guard case .notAccepted = await send(Given.text(dueAt: Given.noon - 60), by: guarded) else { throw PeerFailure("it should wait") }
        guard case .accepted = await send(Given.text(attempt: 2, dueAt: Given.noon - 60), by: guarded) else { throw PeerFailure("it should be found") }
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("what was accepted right before a crash is found in the journal, without asking the provider", arguments: [
        (Handover.accepted(providerID: "SM1"), 0), (.begun, 1), (nil, 1),
    ] as [(Handover?, Int)])
    func look(before: Handover?, asked: Int) async throws {
        let provider = try await Provider()
        let send = UncertainSend(
            touch: Given.text().touch, generation: 1, channel: .sms, address: "+15551234567", intendedAt: Given.noon, notAfter: Given.noon + 60, looks: 0)
        let answer = await (try guarded(provider, NotedJournal(before))).look(for: send)
        if case .found(let report) = answer { #expect(report.providerID == "SM1" && report.touch == send.touch) }
        #expect(try provider.entries("connect").count == asked)
    }

    @Test("what a lost ledger had sent counts as sent, and isn't sent again")
    func found() async throws {
        let provider = try await Provider()
        let before = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        let after = await send(Given.text(attempt: 1, body: "Other words by now: https://r.example.com/b/aaaaaaaaac", dueAt: Given.noon - 60), by: try guarded(provider))
        #expect(after == before)
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("it is found also while the provider hasn't sent it on")
    func queued() async throws {
        let provider = try await Provider("--send-delay", "3600")
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        _ = await send(Given.text(dueAt: Given.noon - 60), by: try guarded(provider))
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("what the provider doesn't have is sent")
    func notFound() async throws {
        let provider = try await Provider()
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text(13))
        guard case .accepted = await send(Given.text(dueAt: Given.noon), by: try guarded(provider)) else {
            Issue.record("it wasn't sent")
            return
        }
        #expect(try provider.entries("accept").count == 2)
    }

    @Test("while the provider can't be asked nothing goes out", arguments: ["500@list", "truncated@list", "reset-before-accept@list"])
    func unknown(fault: String) async throws {
        let provider = try await Provider("--fault", fault)
        guard case .notAccepted(Given.noon + HandoverGuard.retrySeconds, _) = await send(Given.text(dueAt: Given.noon - 60), by: try guarded(provider)) else {
            Issue.record("it should wait")
            return
        }
        #expect(try provider.entries("accept").isEmpty)
    }

    @Test("what fell due since it started is sent without a question")
    func dueLater() async throws {
        let provider = try await Provider()
        _ = await send(Given.text(dueAt: Given.noon - 59), by: try guarded(provider, startedAt: Given.noon - 60))
        #expect(try provider.entries("accept").count == 1 && provider.entries("connect").count == 1)
    }
}
