/// A time of day to the minute, from 00:00 to 23:59, without a zone.
public struct LocalTime: Hashable, Comparable, Sendable {
    public static let minutesPerDay = 1440
    public static let midnight = LocalTime(unchecked: 0)

    private let minutes: Int16

    /// 0 to 1439.
    public var minutesSinceMidnight: Int { Int(minutes) }
    public var hour: Int { Int(minutes) / 60 }
    public var minute: Int { Int(minutes) % 60 }

    /// Nil outside 00:00 to 23:59.
    public init?(hour: Int, minute: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
        self.init(unchecked: hour * 60 + minute)
    }

    /// Nil outside 0 to 1439.
    public init?(minutesSinceMidnight: Int) {
        guard (0..<Self.minutesPerDay).contains(minutesSinceMidnight) else { return nil }
        self.init(unchecked: minutesSinceMidnight)
    }

    /// Reads "10:00" (two digits, a colon, two digits); nil for any other form.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            let hour = DecimalDigits.value(of: bytes[0..<2]), let minute = DecimalDigits.value(of: bytes[3..<5])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// For callers inside the target that have already reduced the minutes to a day.
    init(unchecked minutes: Int) {
        self.minutes = Int16(truncatingIfNeeded: minutes)
    }

    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        left.minutes < right.minutes
    }
}

extension LocalTime: CustomStringConvertible {
    /// 24-hour form, "09:30".
    public var description: String {
        "\(DecimalDigits.padded(hour, to: 2)):\(DecimalDigits.padded(minute, to: 2))"
    }
}
