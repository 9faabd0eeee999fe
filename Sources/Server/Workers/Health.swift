internal import Synchronization

/// Whether the workers work, for readiness and for the person who runs it.
public final class Health: Sendable {
    private struct State {
        var failures: [String: String] = [:]
        var vital: Set<String> = []
        var isDraining = false
    }

    private let state = Mutex(State())

    public init() {}

    /// The workers whose last turn failed, each with the reason. Without personal data.
    public var failures: [String: String] { state.withLock { $0.failures } }

    /// Why no traffic should come here now; nil when it may.
    public var unreadiness: String? {
        state.withLock { state in
            if state.isDraining { return "ending" }
            let vital = state.failures.filter { state.vital.contains($0.key) }
            guard !vital.isEmpty else { return nil }
            return vital.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
        }
    }

    /// From now on no traffic should come.
    public func drain() {
        state.withLock { $0.isDraining = true }
    }

    func succeeded(_ worker: String) {
        state.withLock { $0.failures[worker] = nil }
    }

    /// False when the worker failed the same way before.
    func failed(_ worker: String, because reason: String, isVital: Bool) -> Bool {
        state.withLock { state in
            if isVital { state.vital.insert(worker) }
            return state.failures.updateValue(reason, forKey: worker) != reason
        }
    }
}
