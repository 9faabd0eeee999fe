internal import FollowUp
internal import ScriptKit
internal import Synchronization

/// Hears what happens in a simulation and shows it.
protocol SimulationListener: Sendable {
    func begin(_ period: ClosedRange<LocalDate>, _ who: String)
    /// What the gateway was given.
    func show(_ intent: Intent)
    func show(_ event: Simulation.Event)
    /// All that the gateway was given, in order.
    var intents: [Intent] { get }
}

/// Shows nothing.
final class QuietListener: SimulationListener {
    private let kept = Mutex<[Intent]>([])

    var intents: [Intent] { kept.withLock { $0 } }

    func begin(_ period: ClosedRange<LocalDate>, _ who: String) {}
    func show(_ intent: Intent) { kept.withLock { $0.append(intent) } }
    func show(_ event: Simulation.Event) {}
}
