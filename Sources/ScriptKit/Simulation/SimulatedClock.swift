public import FollowUp
internal import Synchronization

/// A clock that stands still until it is set.
public final class SimulatedClock: WallClock {
    private let instant: Mutex<Timestamp>

    public init(at now: Timestamp) {
        instant = Mutex(now)
    }

    public var now: Timestamp { instant.withLock { $0 } }

    /// Sets the clock; it never goes back.
    public func advance(to later: Timestamp) {
        instant.withLock { $0 = max($0, later) }
    }
}
