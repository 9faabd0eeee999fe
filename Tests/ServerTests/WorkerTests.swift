import FollowUp
import Logging
import SQLiteStorage
import ServiceLifecycle
import Synchronization
import Testing

@testable import Server

/// The workers behind the web side, on a real ledger.
@Suite struct WorkerTests {
    /// Keeps the answers that it is given, and says of each what it is told to.
    final class AnswerBook: AnswerGateway {
        private let kept = Mutex<[TeamAnswer]>([])
        let outcome: SendOutcome

        init(_ outcome: SendOutcome) {
            self.outcome = outcome
        }

        var answers: [TeamAnswer] { kept.withLock { $0 } }

        func send(_ answer: TeamAnswer, notAfter: Timestamp) async -> SendOutcome {
            kept.withLock { $0.append(answer) }
            return outcome
        }
    }

    struct Lookup: DeliveryLookup {
        let answer: LookupAnswer
        func look(for send: UncertainSend) async -> LookupAnswer { answer }
    }

    func said(_ fixture: Fixture, _ words: String, id: String) -> Inbound {
        Inbound(rooftop: "lakeside", from: .phone(Fixture.phone), kind: .reply(words), at: fixture.clock.now, providerID: id)
    }

    @Test("an answer of the team goes out once, and never to someone who opted out meanwhile")
    func relay() async throws {
        let fixture = try await Fixture()
        let receipt = try await fixture.ledger.record(said(fixture, "how long?", id: "SM1"))
        _ = try await fixture.ledger.queueAnswer(receipt.conversation, text: "An hour", by: "Kim", at: fixture.clock.now)
        let book = AnswerBook(.accepted(providerID: "SM9"))
        let relay = AnswerRelay(ledger: fixture.ledger, gateway: book, gate: fixture.gate, clock: fixture.clock)
        try await relay.takeTurn()
        try await relay.takeTurn()
        #expect(book.answers.map(\.text) == ["An hour"])
        #expect(book.answers.first?.touch == fixture.touch)
        #expect(try await fixture.durableEntries().last == .answer("An hour", by: "Kim", .accepted))
        _ = try await fixture.ledger.queueAnswer(receipt.conversation, text: "And a half", by: "Kim", at: fixture.clock.now)
        try await fixture.ledger.record(said(fixture, "STOP", id: "SM2"))
        try await relay.takeTurn()
        #expect(book.answers.count == 1)
        #expect(try await fixture.durableEntries().contains(.answer("And a half", by: "Kim", .rejected)))
    }

    @Test("an answer that a crash caught on its way is uncertain after a while, and not sent again")
    func caught() async throws {
        let fixture = try await Fixture()
        let receipt = try await fixture.ledger.record(said(fixture, "how long?", id: "SM1"))
        let answer = try #require(try await fixture.ledger.queueAnswer(receipt.conversation, text: "An hour", by: "Kim", at: fixture.clock.now))
        #expect(try await fixture.ledger.claim(answer.id, at: fixture.clock.now))
        fixture.clock.move(seconds: 3600)
        try await Reconciler(ledger: fixture.ledger, lookup: Lookup(answer: .notFound), clock: fixture.clock).takeTurn()
        #expect(try await fixture.durableEntries().last == .answer("An hour", by: "Kim", .uncertain))
        let book = AnswerBook(.accepted(providerID: "SM9"))
        try await AnswerRelay(ledger: fixture.ledger, gateway: book, gate: fixture.gate, clock: fixture.clock).takeTurn()
        #expect(book.answers.isEmpty)
    }

    @Test("what customers texted while nobody listened is taken in once, the oldest first, before a backlog goes out")
    func catchUp() async throws {
        let fixture = try await Fixture()
        let asked = Mutex<[Timestamp]>([])
        let directory = RooftopDirectory([RooftopFacts(id: "lakeside", name: "Lakeside Ford")], fallback: "lakeside")
        let texts = ["STOP", "START", "what time?"].enumerated().map { place, words in
            ReceivedText(providerID: "SM\(place)", from: Fixture.phone, to: "+13125550100", body: words, mediaCount: 0)
        }
        try await fixture.ledger.noteTextsRead(until: fixture.clock.now)
        fixture.clock.move(seconds: 7 * 3600)
        let catchUp = InboundCatchUp(
            list: { since in
                asked.withLock { $0.append(since) }
                return texts
            }, ledger: fixture.ledger, gate: fixture.gate, clock: fixture.clock, rooftops: { directory })
        #expect(try await catchUp.maySend() == false)
        try await catchUp.takeTurn()
        #expect(try await catchUp.maySend())
        try await catchUp.takeTurn()
        let words = try await fixture.durableEntries()
        #expect(words == [.reply("STOP", .optOut), .reply("START", .optIn), .reply("what time?", .reply)])
        #expect(asked.withLock { $0.first } == fixture.clock.now - 8 * 3600)
    }

    @Test("a provider that can't list what came keeps a backlog waiting, and says so")
    func cantCatchUp() async throws {
        let fixture = try await Fixture()
        try await fixture.ledger.noteTextsRead(until: fixture.clock.now)
        fixture.clock.move(seconds: 7 * 3600)
        let catchUp = InboundCatchUp(
            list: { _ in throw Unexpected("503") }, ledger: fixture.ledger, gate: fixture.gate, clock: fixture.clock,
            rooftops: { RooftopDirectory([], fallback: "lakeside") })
        await #expect(throws: Unexpected.self) { try await catchUp.takeTurn() }
        #expect(try await catchUp.maySend() == false)
    }

    @Test("a worker whose turns fail goes on, is told of once, and is ready again when they succeed")
    func failing() async throws {
        let health = Health(), log = LogBook(), turns = Mutex(0)
        let done = AsyncStream<Void>.makeStream()
        let worker = RepeatingWorker(name: "planner", every: .milliseconds(1), health: health, logger: log.logger) {
            let turn = turns.withLock { turns -> Int in
                turns += 1
                return turns
            }
            if turn <= 2 { throw Unexpected("the disk is full") }
            done.continuation.finish()
        }
        let group = ServiceGroup(configuration: .init(services: [.init(service: worker)], logger: log.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in done.stream {}
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(health.unreadiness == nil)
        #expect(log.lines.count { $0.contains("the disk is full") } == 1)
        #expect(log.lines.contains { $0.contains("works again") })
    }

    @Test("while a worker fails or the process ends, it isn't ready")
    func readiness() {
        let health = Health()
        #expect(health.failed("planner", because: "no disk"))
        #expect(health.failed("planner", because: "no disk") == false)
        #expect(health.unreadiness == "planner: no disk")
        health.succeeded("planner")
        #expect(health.unreadiness == nil)
        health.drain()
        #expect(health.unreadiness == "ending")
    }
}
