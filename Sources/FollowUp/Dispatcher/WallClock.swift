/// The time of day, from outside: the system's, or a simulation's.
public protocol WallClock: Sendable {
    var now: Timestamp { get }
}
