import FollowUp
import SQLiteStorage
import Synchronization
import Testing

@testable import Server

/// A rooftop's planner and dispatcher while its folder is written to.
@Suite struct RooftopWorkerTests {
    /// A rooftop's folder: what is read of it, and what tells that it was written to.
    final class Folder: Sendable {
        struct Broken: Error {}

        private let state = Mutex((name: "Lakeside Ford", stamp: 1, isBroken: false, reads: 0))

        var reads: Int { state.withLock { $0.reads } }

        func write(_ name: String, isBroken: Bool = false) {
            state.withLock { $0 = (name, $0.stamp + 1, isBroken, $0.reads) }
        }

        var stamp: String { state.withLock { "\($0.stamp)" } }

        func read() throws -> RooftopWorker.Scripts {
            try state.withLock { state in
                state.reads += 1
                guard !state.isBroken else { throw Broken() }
                return .init(rooftop: Folder.rooftop(state.name), writer: NoWriter())
            }
        }

        static func rooftop(_ name: String) -> Rooftop {
            Rooftop(
                id: "lakeside", name: name, hours: RooftopHours(place: Place(zone: try! Zone(identifier: "America/Chicago"), jurisdiction: nil)),
                cadence: Cadence(), bookingLink: "https://book.example.com/v")
        }
    }

    struct NoWriter: TouchWriter {
        let bundleSHA256 = "b"
        func drafts(of requests: [DraftRequest]) async throws -> [Draft] { throw Unexpected("nothing was due") }
    }

    struct NoGateway: Gateway {
        func send(_ intent: Intent) async -> SendOutcome { .halted(reason: "nothing was due") }
    }

    private func worker(_ fixture: Fixture, _ folder: Folder) -> RooftopWorker {
        RooftopWorker(
            rooftop: Folder.rooftop("Lakeside Ford"), load: { try folder.read() }, stamp: { folder.stamp }, ledger: fixture.ledger, gateway: NoGateway(),
            gate: fixture.gate, clock: fixture.clock, link: { "link\($0.number)" })
    }

    private func name(_ fixture: Fixture) async throws -> String? { try await fixture.ledger.rooftops().first { $0.id == "lakeside" }?.name }

    @Test("what was written to the folder counts within a minute, also when nothing is due")
    func refreshed() async throws {
        let fixture = try await Fixture(), folder = Folder()
        let worker = worker(fixture, folder)
        try await worker.takeTurn()
        #expect(folder.reads == 0)
        folder.write("Lakeside Ford and Lincoln")
        fixture.clock.move(seconds: 61)
        try await worker.takeTurn()
        #expect(try await name(fixture) == "Lakeside Ford and Lincoln")
        fixture.clock.move(seconds: 61)
        try await worker.takeTurn()
        #expect(folder.reads == 1)
    }

    @Test("a folder that can't be read is told each turn, and read once it can be; planning goes on meanwhile")
    func broken() async throws {
        let fixture = try await Fixture(), folder = Folder()
        let worker = worker(fixture, folder)
        try await worker.takeTurn()
        folder.write("Lakeside", isBroken: true)
        fixture.clock.move(seconds: 61)
        for _ in 0..<2 { await #expect(throws: Folder.Broken.self) { try await worker.takeTurn() } }
        #expect(try await name(fixture) == "Lakeside Ford")
        folder.write("Lakeside")
        try await worker.takeTurn()
        #expect(try await name(fixture) == "Lakeside")
    }
}
