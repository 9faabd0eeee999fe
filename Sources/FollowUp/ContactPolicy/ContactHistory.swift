/// When one contact point was last contacted, by any rooftop that shares the ledger. A send whose outcome is unknown counts.
public struct ContactHistory: Sendable, Equatable {
    /// Contacts in any 30 days.
    public static let mostInWindow = 3
    public static let windowSeconds: Int64 = 30 * Timestamp.secondsPerDay
    /// Between any two contacts.
    public static let spacingSeconds: Int64 = 72 * 3600

    /// Ascending.
    public let sends: [Timestamp]

    public init(_ sends: [Timestamp]) {
        self.sends = sends.sorted()
    }

    /// The first instant, not before `timestamp`, at which the cap and the spacing permit another contact.
    ///
    /// A full 30 days, and a full 72 hours, lie between the contacts that the limit separates.
    public func permits(onOrAfter timestamp: Timestamp) -> (at: Timestamp, because: PostponeReason?) {
        var result: (at: Timestamp, because: PostponeReason?) = (timestamp, nil)
        if let last = sends.last, last + Self.spacingSeconds > result.at {
            result = (last + Self.spacingSeconds, .spacing(last: last))
        }
        if sends.count >= Self.mostInWindow {
            let third = sends[sends.count - Self.mostInWindow]
            if third + Self.windowSeconds > result.at { result = (third + Self.windowSeconds, .cap(oldest: third)) }
        }
        return result
    }
}
