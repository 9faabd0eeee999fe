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
    /// Between two looks at whether the folder was written to, while nothing is due.
    private static let refreshSeconds: Int64 = 60
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
    /// The folder's stamp when `rooftop` was read of it, and when that was last looked at.
    private var seen: (stamp: String, at: Timestamp)?

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
        let refusal = await refresh()
        _ = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: clock).takeTurn()
        // Scripts that can't be loaded hold up sending; planning goes on with what the rooftop was.
        if let refusal { throw refusal }
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

    /// Reads the rooftop anew when its folder was written to: cadence and hours count from the next plan on. Gives why that can't be done.
    private func refresh() async -> (any Error)? {
        if let seen, clock.now - seen.at < Self.refreshSeconds { return nil }
        do {
            let now = try stamp()
            if let seen, seen.stamp != now { _ = try await current() }
            seen = (now, clock.now)
            return nil
        } catch {
            return error
        }
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
        seen = (now, clock.now)
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
