/// The hours of one day in which people may be contacted, to the minute: `opens` is inside, `closes` is not.
public struct DailyWindow: Hashable, Sendable {
    public let opens: LocalTime
    public let closes: LocalTime

    /// Nil unless it opens before it closes; a window never runs past midnight.
    public init?(opens: LocalTime, closes: LocalTime) {
        guard opens < closes else { return nil }
        self.opens = opens
        self.closes = closes
    }

    /// For the target's own data, in minutes since midnight.
    init(uncheckedMinutes minutes: Range<Int>) {
        opens = LocalTime(unchecked: minutes.lowerBound)
        closes = LocalTime(unchecked: minutes.upperBound)
    }

    /// Minutes since midnight.
    public var minutes: Range<Int> { opens.minutesSinceMidnight..<closes.minutesSinceMidnight }

    public func contains(_ time: LocalTime) -> Bool {
        opens <= time && time < closes
    }
}

extension DailyWindow: CustomStringConvertible {
    /// "9:00–21:00".
    public var description: String {
        "\(opens.hour):\(DecimalDigits.padded(opens.minute, to: 2))–\(closes.hour):\(DecimalDigits.padded(closes.minute, to: 2))"
    }
}
