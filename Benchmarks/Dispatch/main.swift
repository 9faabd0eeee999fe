import FollowUp
import Foundation
import Lua
import SQLiteStorage
import Scripting

/// Sends due touches through policy, both hooks, lint and a ledger that is durable at FULL, to a gateway that does nothing.
///
///     DispatchBenchmark DUE WAITING
///
/// DUE touches are due at one instant; WAITING more lie in the ledger. Prints touches a second, and the time of one claim.
struct NullGateway: Gateway {
    func send(_ intent: Intent) async -> SendOutcome { .accepted(providerID: "0") }
}

final class StandingClock: WallClock {
    let now: Timestamp
    init(_ now: Timestamp) { self.now = now }
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard arguments.count == 2 else {
    print("usage: DispatchBenchmark DUE WAITING")
    exit(64)
}
let (due, waiting) = (arguments[0], arguments[1])
let here = URL(filePath: #filePath).deletingLastPathComponent()
let root = here.appending(path: "../..").standardizedFileURL
let bundle = try ScriptBundle(folder: root.appending(path: "scripts/hillside"), stdlib: root.appending(path: "stdlib"))
let rooftop = try RooftopReader(bundle: bundle).rooftop()
let folder = FileManager.default.temporaryDirectory.appending(path: "dispatch-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let ledger = try SQLiteLedger(path: folder.appending(path: "ledger.sqlite").path)

// Visits of a Monday have their reminder due on Thursday; three touches a visit, the others wait.
let monday = LocalDate("2026-03-02")!
let visits = max(due, (due + waiting) / 3)
func order(_ number: Int) -> RepairOrder {
    let phone = "+1937\(2_000_000 + number)"
    return RepairOrder(
        roNumber: .init("\(number)"), closedOn: number < due ? monday : monday + 2, mileage: 48_210,
        customer: Customer(name: "Maria Lopez", firstName: "Maria", phone: phone, textOK: true),
        vehicle: Vehicle(year: 2016, make: "Ford", model: "EXPLORER"),
        declined: [
            DeclinedItem(
                opCode: "BRKR", description: "REAR BRAKE PADS & ROTORS", priceCents: 412_50, severity: .red,
                condition: Condition(measure: .brakePadRear, value: 3, unit: .mm)),
            DeclinedItem(opCode: "CABF", description: "CABIN AIR FILTER", priceCents: 64_95),
        ], performed: [])
}

let morning = rooftop.zone.timestamp(of: monday + 3, LocalTime("06:00")!)
try await ledger.register(rooftop)
guard case .new(let id) = try await ledger.begin(rooftop: rooftop.id, fileName: "a", sha256: "a", now: morning) else { exit(70) }
for start in stride(from: 0, to: visits, by: 1000) {
    try await ledger.stage((start..<min(visits, start + 1000)).map(order), [], in: id)
}
_ = try await ledger.publish(id, now: morning)
let clock = ContinuousClock()
let planning = try await clock.measure {
    _ = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: StandingClock(morning)).takeTurn()
}

let now = rooftop.zone.timestamp(of: monday + 3, rooftop.cadence.sendAt)
var claims: [Duration] = []
for _ in 0..<20 {
    claims.append(try await clock.measure { _ = try await ledger.dueTouches(rooftop: rooftop.id, at: now, limit: Dispatcher.usualBatch) })
}
let dispatcher = Dispatcher(
    rooftop: rooftop, writer: try await RooftopScripts(rooftop: "hillside", bundle: bundle, bundleSHA256: "benchmark", pool: SandboxPool()), ledger: ledger, gateway: NullGateway(),
    clock: StandingClock(now)
) { "t\($0.number)" }
var summary = Dispatcher.Summary()
let took = try await clock.measure { summary = try await dispatcher.takeTurn() }
func seconds(_ duration: Duration) -> Double { Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18 }
print(
    "waiting \(visits * 3 - due): \(Int(Double(visits) / seconds(planning))) visits/s planned; claim of \(Dispatcher.usualBatch) "
        + "\(Int(seconds(claims.sorted()[10]) * 1e6)) µs; \(summary.sent) sent, \(Int(Double(summary.sent) / seconds(took))) touches/s")
