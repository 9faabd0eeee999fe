/// What the contact policy says of one touch at one instant.
public enum Verdict: Sendable, Hashable {
    /// Send on this channel, at or after the instant decided for and before `notAfter`.
    case send(ContactChannel, notAfter: Timestamp)
    /// Decide again at that instant, which lies before the touch expires.
    case postpone(until: Timestamp, PostponeReason)
    case expire(ExpireReason)
    case suppress(SuppressReason)
    case supersede(SupersedeReason)
}

extension Verdict: CustomStringConvertible {
    /// "postponed until 2026-03-06T16:00:00Z: the touch isn't due yet", as `revisit why` prints it.
    public var description: String {
        switch self {
        case .send(let channel, let notAfter): "send by \(channel.rawValue) before \(notAfter)"
        case .postpone(let until, let reason): "postponed until \(until): \(reason)"
        case .expire(let reason): "expired: \(reason)"
        case .suppress(let reason): "suppressed: \(reason)"
        case .supersede(let reason): "superseded: \(reason)"
        }
    }
}
