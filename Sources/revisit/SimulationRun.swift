internal import Channels
internal import FollowUp
internal import Foundation
internal import Lua
internal import SQLiteStorage
internal import ScriptKit

/// Runs rooftops with their exports through invented time on a ledger of their own, printing timeline and report.
struct SimulationRun {
    /// A ledger was named that exists already: a simulation must not touch a real one.
    struct LedgerExists: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) exists; a simulation makes a ledger of its own, so give another path or remove the file" }
    }

    /// The folder of a rooftop, and its export.
    let participants: [(folder: String, export: String)]
    let days: Int
    let seed: UInt64
    /// Where to keep the ledger; nil to throw it away at the end.
    let database: String?
    let isQuiet: Bool

    func run() async throws {
        if let database, FileManager.default.fileExists(atPath: database) { throw LedgerExists(path: database) }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "revisit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { Self.remove(scratch) }
        var loaded: [Simulation.Participant] = []
        let pool = SandboxPool()
        for (folder, export) in participants {
            let folder = try await RooftopFolder(folder)
            let orders = try await Self.orders(of: folder, export)
            loaded.append(.init(rooftop: folder.rooftop, writer: try await folder.scripts(in: pool), orders: orders))
        }
        let ledger = try SQLiteLedger(path: database ?? scratch.appending(path: "simulation.sqlite").path)
        var random = SeededRandom(seed: seed)
        let links = BookingLinks(secret: try await ledger.linkSecret(orKeep: BookingLinks.freshSecret(using: &random)))
        let timeline = isQuiet ? nil : Timeline(of: loaded.map(\.rooftop))
        let gateway = ConsoleGateway { timeline?.show($0) }
        let simulation = Simulation(loaded, ledger: ledger, gateway: gateway, days: days, seed: seed) {
            links.token(of: $0)
        }
        let visits = try await run(simulation, loaded.map(\.rooftop), timeline)
        try await printReport(simulation, loaded.map(\.rooftop), ledger, visits)
        try ledger.close()
    }

    private func run(_ simulation: Simulation, _ rooftops: [Rooftop], _ timeline: Timeline?) async throws -> Int {
        let period = simulation.period
        print(
            "Simulating \(Columns.count(days, "day")), \(period.lowerBound.words) to \(period.upperBound.words) \(period.upperBound.year), for "
                + rooftops.map(\.name).joined(separator: ", ") + ". Customers answer by seed \(seed).")
        return try await simulation.run { timeline?.show($0) }
    }

    private func printReport(
        _ simulation: Simulation, _ rooftops: [Rooftop], _ ledger: SQLiteLedger, _ visits: Int
    ) async throws {
        let counts = try await ledger.touchCounts()
        let notSent = counts.filter { $0.key.isNotSent }.values.reduce(0, +)
        let planned = counts[.planned] ?? 0
        let sent = counts.values.reduce(0, +) - notSent - planned
        print(
            "\n\(Columns.count(visits, "visit")) planned · \(Columns.count(sent, "touch", "touches")) sent · \(notSent) not sent, each with its reason · \(planned) still to come\n")
        let items = try await ledger.reportItems(rooftops: nil)
        let failures = try await ledger.scriptFailures(rooftops: nil, since: Timestamp(secondsSince1970: 0), limit: 20)
        let page = ReportPage(
            report: FixedOpsReport(items: items, asOf: simulation.period.upperBound),
            title: rooftops.map(\.name).joined(separator: ", "),
            names: Dictionary(rooftops.map { ($0.id, $0.name) }) { first, _ in first }, failures: failures)
        print(page.text)
        if let database { print("Why was a touch sent, or not? revisit why 12 --database \(database)") }
    }

    /// The export's repair orders by way of the rooftop's mapping, in the order read.
    private static func orders(of folder: RooftopFolder, _ export: String) async throws -> [RepairOrder] {
        let mapping = try await ExportMapping(bundle: folder.bundle, file: export)
        _ = try await mapping.open()
        var orders: [RepairOrder] = []
        while let record = try await mapping.next() {
            if case .repairOrder(let order, _) = record { orders.append(order) }
        }
        try mapping.checkSomethingMapped()
        for line in mapping.firstReasons { Console.note("put aside: " + line) }
        return orders
    }

    private static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Console.note("left behind: \(folder.path)")
        }
    }
}
