/// An instant in whole seconds since 1970-01-01T00:00:00Z.
///
/// The domain reads no clock: a timestamp comes in from the edge and is passed down.
public struct Timestamp: Hashable, Comparable, Sendable {
    public static let secondsPerDay: Int64 = 86_400

    public let secondsSince1970: Int64

    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = secondsSince1970
    }

    /// Reads "2026-03-06T16:00:00Z"; nil for any other form, and for an offset other than Z.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 9, parts[1].last == UInt8(ascii: "Z"),
            let date = LocalDate(String(Substring(parts[0]))),
            let time = LocalTime(String(Substring(parts[1].prefix(5)))),
            parts[1].dropFirst(5).first == UInt8(ascii: ":"),
            let seconds = DecimalDigits.value(of: parts[1].dropFirst(6).prefix(2)), seconds < 60
        else { return nil }
        self.init(utcDate: date, secondsIntoDay: Int64(time.minutesSinceMidnight * 60 + seconds))
    }

    init(utcDate: LocalDate, secondsIntoDay: Int64) {
        secondsSince1970 = Int64(utcDate.dayNumber) * Self.secondsPerDay + secondsIntoDay
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }

    /// Adds seconds.
    public static func + (timestamp: Timestamp, seconds: Int64) -> Timestamp {
        Timestamp(secondsSince1970: timestamp.secondsSince1970 + seconds)
    }

    /// Takes seconds away.
    public static func - (timestamp: Timestamp, seconds: Int64) -> Timestamp {
        Timestamp(secondsSince1970: timestamp.secondsSince1970 - seconds)
    }

    /// Gives the seconds from `earlier` to `later`; negative when they are the other way round.
    public static func - (later: Timestamp, earlier: Timestamp) -> Int64 {
        later.secondsSince1970 - earlier.secondsSince1970
    }

    public static func += (timestamp: inout Timestamp, seconds: Int64) {
        timestamp = timestamp + seconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, "2026-03-06T16:00:00Z".
    public var description: String {
        let (day, second) = secondsSince1970.quotientAndRemainderRoundingDown(dividingBy: Self.secondsPerDay)
        let time = [second / 3600, second / 60 % 60, second % 60].map { DecimalDigits.padded(Int($0), to: 2) }
        return "\(LocalDate(dayNumber: Int(day)))T\(time.joined(separator: ":"))Z"
    }
}

extension Int64 {
    /// Divides with the quotient rounded down, so that the remainder is never negative (instants before 1970).
    @inline(__always)
    func quotientAndRemainderRoundingDown(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
