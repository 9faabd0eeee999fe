/// A month of a year.
public struct CalendarMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    /// 1 to 12.
    public let month: Int

    public init(of date: LocalDate) {
        year = date.year
        month = date.month
    }

    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }

    /// "2026-03".
    public var description: String {
        "\(DecimalDigits.padded(year, to: 4))-\(DecimalDigits.padded(month, to: 2))"
    }
}
