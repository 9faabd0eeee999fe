internal import FollowUp
internal import Synchronization

/// Passes messages on to another gateway, and remembers which were accepted so that customers can answer them.
final class SimulatedGateway: Gateway {
    private let inner: any Gateway
    private let accepted = Mutex<[Intent]>([])

    init(_ inner: any Gateway) {
        self.inner = inner
    }

    func send(_ intent: Intent) async -> SendOutcome {
        let outcome = await inner.send(intent)
        if case .accepted = outcome { accepted.withLock { $0.append(intent) } }
        return outcome
    }

    /// Gives what was accepted since the last call.
    func takeAccepted() -> [Intent] {
        accepted.withLock { intents in
            defer { intents = [] }
            return intents
        }
    }
}
