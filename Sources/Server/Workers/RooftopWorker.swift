public import FollowUp
internal import Metrics

/// Plans and sends for one rooftop, a turn at a time. Its scripts are loaded while something is due and let go afterwards.
public actor RooftopWorker {
    /// A rooftop's scripts at work.
    public struct Scripts: Sendable {
        public let rooftop: Rooftop
        public let writer: any TouchWriter

        public init(rooftop: Rooftop, writer: any TouchWriter) {
            self.rooftop = rooftop
            self.writer = writer
        }
    }

    /// Seconds without anything due after which the scripts are let go.
    private static let idleSeconds: Int64 = 600
    /// Touches between two commits. Few, for what a crash catches between commit and answer is looked for and not sent again.
    private static let batch = 8

    private let load: @Sendable () async throws -> Scripts
    private let stamp: @Sendable () throws -> String
    private let ledger: any FollowUpLedger
    private let gateway: any Gateway
    private let gate: SendGate
    private let clock: any WallClock
    private let link: @Sendable (Touch.ID) -> String
    private var rooftop: Rooftop
    private var loaded: (scripts: Scripts, stamp: String, usedAt: Timestamp)?

    /// - Parameters:
    ///   - rooftop: As it was loaded when the process started.
    ///   - load: Loads the scripts as they are now.
    ///   - stamp: Changes when the scripts do; cheap.
    ///   - gate: Shared with whoever acknowledges opt-outs.
    ///   - link: Gives the path of a touch's booking link.
    public init(
        rooftop: Rooftop, load: @escaping @Sendable () async throws -> Scripts, stamp: @escaping @Sendable () throws -> String,
        ledger: any FollowUpLedger, gateway: any Gateway, gate: SendGate, clock: any WallClock, link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.rooftop = rooftop
        self.load = load
        self.stamp = stamp
        self.ledger = ledger
        self.gateway = gateway
        self.gate = gate
        self.clock = clock
        self.link = link
    }

    /// Plans what has arrived, and sends what is due.
    public func takeTurn() async throws {
        _ = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: clock).takeTurn()
        guard let look = try await ledger.nextLook(rooftop: rooftop.id), look <= clock.now else {
            if let loaded, clock.now - loaded.usedAt > Self.idleSeconds { self.loaded = nil }
            // That it runs is noted also when nothing is due: an outage is told from a quiet time by it.
            _ = try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: clock.now)
            return
        }
        let scripts = try await current()
        let dispatcher = Dispatcher(
            rooftop: scripts.rooftop, writer: scripts.writer, ledger: ledger, gateway: gateway, clock: clock, batch: Self.batch,
            concurrency: Self.batch, gate: gate, link: link)
        let summary = try await dispatcher.takeTurn()
        count(summary)
    }

    private func current() async throws -> Scripts {
        let now = try stamp()
        if let loaded, loaded.stamp == now {
            self.loaded?.usedAt = clock.now
            return loaded.scripts
        }
        let scripts = try await load()
        try await ledger.register(scripts.rooftop)
        rooftop = scripts.rooftop
        loaded = (scripts, now, clock.now)
        return scripts
    }

    private func count(_ summary: Dispatcher.Summary) {
        for (outcome, count) in [
            ("sent", summary.sent), ("not_sent", summary.notSent), ("postponed", summary.postponed), ("uncertain", summary.uncertain),
        ] where count > 0 {
            Counter(label: "revisit_touches_total", dimensions: [("outcome", outcome)]).increment(by: count)
        }
    }
}
