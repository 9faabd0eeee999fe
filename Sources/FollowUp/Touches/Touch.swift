/// What one planned contact is known by in the ledger, and where it stands.
public enum Touch {
    /// The ledger's key of one touch; the command line prints it as "#12".
    public struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }

        public static func < (left: ID, right: ID) -> Bool { left.number < right.number }

        public var description: String { "#\(number)" }
    }

    /// Where a touch stands. It only moves on, except that a send which certainly didn't happen is planned again.
    ///
    /// That a planned touch is due is no state: it follows from the clock.
    public enum State: String, Sendable, CaseIterable {
        case planned
        /// The intent is durable; the gateway may have it or not.
        case sending
        case accepted, delivered, undelivered, failed
        /// Nobody knows whether the gateway has it. It counts as sent and isn't sent again.
        case uncertain
        /// Uncertain for so long that a person decides.
        case parked
        case suppressed, expired, superseded
        /// The gateway certainly refused it, for good.
        case rejected

        /// Whether the touch will never be sent, for a reason that the ledger keeps.
        public var isNotSent: Bool {
            switch self {
            case .suppressed, .expired, .superseded, .rejected: true
            case .planned, .sending, .accepted, .delivered, .undelivered, .failed, .uncertain, .parked: false
            }
        }
    }

    /// Counts the attempts to send it: an intent raises it by one.
    public typealias Generation = Int
}
