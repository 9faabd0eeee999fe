internal import Channels
internal import FollowUp
internal import Foundation
internal import Lua
internal import SQLiteStorage
internal import ScriptKit
internal import Scripting

/// Runs rooftops with their exports through invented time on a ledger of their own, printing timeline and report.
struct SimulationRun {
    /// A ledger was named that exists already: a simulation must not touch a real one.
    struct LedgerExists: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) exists; a simulation makes a ledger of its own, so give another path or remove the file" }
    }

    /// A promise of the host's was broken: a defect of ours.
    struct PromisesBroken: Error, CustomStringConvertible {
        let broken: [String]
        var description: String { "the simulation broke its promises: " + broken.prefix(10).joined(separator: "; ") }
    }

    /// A scenario's step is about a repair order that isn't in the export.
    struct UnknownRepairOrder: Error, CustomStringConvertible {
        let step: Int
        let roNumber: RepairOrder.Number
        let nearest: String?
        var description: String {
            "step \(step) of the scenario: the export has no repair order \(roNumber)" + (nearest.map { "; did you mean \($0)?" } ?? "; revisit map prints those it has")
        }
    }

    enum Output { case timeline, report, events }

    /// The folder of a rooftop, and its export.
    let participants: [(folder: String, export: String)]
    let days: Int
    let seed: UInt64
    var scenario: Scenario?
    /// Nobody answers.
    var isSilent = false
    /// Only the visits of the customer of this repair order.
    var roNumber: RepairOrder.Number?
    /// Where to keep the ledger; nil to throw it away at the end.
    let database: String?
    let output: Output

    func run() async throws {
        if let database, FileManager.default.fileExists(atPath: database) { throw LedgerExists(path: database) }
        let scratch = try ScratchFolder()
        let loaded = try await load()
        let clock = ContinuousClock()
        let begun = clock.now
        let ledger = try database.map { try SQLiteLedger(path: $0) } ?? SQLiteLedger.scratch(path: scratch.path("simulation.sqlite"))
        let listener = listener(loaded.map(\.rooftop))
        try checkScenario(loaded)
        var watch = PromiseWatch(loaded)
        let gateway = ConsoleGateway { listener.show($0) }
        let simulation = try await simulation(of: loaded, ledger, gateway)
        listener.begin(simulation.period, who)
        let visits = try await simulation.run { event in
            watch.note(event)
            listener.show(event)
        }
        for intent in listener.intents { watch.note(intent) }
        guard watch.broken.isEmpty else { throw PromisesBroken(broken: watch.broken) }
        for place in simulation.stepsNotTaken { Console.note(missed(place)) }
        let taken = begun.duration(to: clock.now)
        let milliseconds = taken.components.seconds * 1000 + taken.components.attoseconds / 1_000_000_000_000_000
        if output != .events {
            let counts = try await ledger.touchCounts()
            print(summary(counts, visits: visits, messages: watch.messageCount))
            Console.note("\(Columns.count(days, "day")) in \(milliseconds) ms")
            if roNumber == nil { try await printReport(simulation, loaded.map(\.rooftop), ledger) }
            if let database { print("Why was a touch sent, or not? revisit why 12 --database \(database)") }
        }
        try ledger.close()
    }

    /// Throws `UnknownRepairOrder` for a step about a repair order that no export has.
    private func checkScenario(_ loaded: [Simulation.Participant]) throws {
        let known = Set(loaded.flatMap { $0.orders.map(\.roNumber.text) })
        for (place, step) in (scenario?.steps ?? []).enumerated() where !known.contains(step.roNumber.text) {
            throw UnknownRepairOrder(step: place + 1, roNumber: step.roNumber, nearest: NearestName.to(step.roNumber.text, among: known.sorted()))
        }
    }

    private func missed(_ place: Int) -> String {
        guard let step = scenario?.steps[place] else { return "" }
        switch step.moment {
        case .after(let kind, _): return "step \(place + 1) of the scenario never came: no \(kind.rawValue) of repair order \(step.roNumber) was sent in time"
        case .at(let date, let time): return "step \(place + 1) of the scenario never came: \(date) \(time) is outside the days simulated"
        }
    }

    private func load() async throws -> [Simulation.Participant] {
        var loaded: [Simulation.Participant] = []
        let pool = SandboxPool()
        for (path, export) in participants {
            let folder = try await RooftopFolder(path)
            var orders = try await folder.orders(in: export)
            if let roNumber { orders = try orders.ofCustomer(with: roNumber, in: export) }
            loaded.append(.init(rooftop: folder.rooftop, writer: try await folder.scripts(in: pool), orders: orders))
        }
        return loaded
    }

    private func simulation(of loaded: [Simulation.Participant], _ ledger: SQLiteLedger, _ gateway: any Gateway) async throws -> Simulation {
        var random = SeededRandom(seed: seed)
        let links = BookingLinks(secret: try await ledger.linkSecret(orKeep: BookingLinks.freshSecret(using: &random)))
        let customers: Simulation.Customers = scenario.map { .scripted($0.steps) } ?? (isSilent ? .silent : .drawn(seed: seed))
        let zone = loaded.first?.rooftop.zone ?? .utc
        let outages = (scenario?.outages ?? []).compactMap { outage -> Range<Timestamp>? in
            let from = zone.timestamp(of: outage.from.0, outage.from.1), until = zone.timestamp(of: outage.until.0, outage.until.1)
            return from < until ? from..<until : nil
        }
        return Simulation(
            loaded, ledger: ledger, gateway: gateway, until: Simulation.end(of: loaded, days: days), customers: customers, outages: outages
        ) { links.token(of: $0) }
    }

    private func listener(_ rooftops: [Rooftop]) -> any SimulationListener {
        switch output {
        case .timeline: Timeline(of: rooftops, days: days)
        case .report: QuietListener()
        case .events: EventLines(of: rooftops)
        }
    }

    /// "Customers answer by seed 7."
    private var who: String {
        if let scenario { return "Customers do what the scenario says (\(Columns.count(scenario.steps.count, "step")))." }
        return isSilent ? "Nobody answers." : "Customers answer by seed \(seed)."
    }

    private func summary(_ counts: [Touch.State: Int], visits: Int, messages: Int) -> String {
        let notSent = counts.filter { $0.key.isNotSent }.values.reduce(0, +)
        let planned = counts[.planned] ?? 0
        let sent = counts.values.reduce(0, +) - notSent - planned
        return "\n\(Columns.count(visits, "visit")) planned · \(Columns.count(sent, "touch", "touches")) sent · \(notSent) not sent, each with its reason · \(planned) still to come\n"
            + "\(Columns.count(messages, "message")), every promise kept\(scenario == nil && !isSilent ? " · seed \(seed)" : "")\n"
    }

    private func printReport(_ simulation: Simulation, _ rooftops: [Rooftop], _ ledger: SQLiteLedger) async throws {
        let items = try await ledger.reportItems(rooftops: nil)
        let failures = try await ledger.scriptFailures(rooftops: nil, since: Timestamp(secondsSince1970: 0), limit: 20)
        let page = ReportPage(
            report: FixedOpsReport(items: items, asOf: simulation.period.upperBound),
            title: rooftops.map(\.name).joined(separator: ", "),
            names: Dictionary(rooftops.map { ($0.id, $0.name) }) { first, _ in first }, failures: failures)
        print(page.text)
    }
}
