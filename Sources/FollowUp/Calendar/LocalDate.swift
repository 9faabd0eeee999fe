/// A calendar date without a zone, in the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// It is kept as a day number, so that adding days, comparing and hashing cost one integer operation.
public struct LocalDate: Hashable, Comparable, Sendable {
    public static let first = LocalDate(dayNumber: Int(firstDayNumber))
    public static let last = LocalDate(dayNumber: Int(lastDayNumber))
    private static let firstDayNumber: Int32 = -719_162
    private static let lastDayNumber: Int32 = 2_932_896

    private let number: Int32

    /// Days since 1970-01-01, which is 0; earlier days are negative.
    public var dayNumber: Int { Int(number) }
    public var year: Int { fields.year }
    public var month: Int { fields.month }
    public var day: Int { fields.day }

    /// Nil when there is no such day, as 2026-02-29, or when the year is outside 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.dayCount(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(dayNumber: Self.dayNumber(year: year, month: month, day: day))
    }

    /// Reads "2026-03-06" (four, two and two digits); nil for any other form and for a day that doesn't exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = DecimalDigits.value(of: bytes[0..<4]),
            let month = DecimalDigits.value(of: bytes[5..<7]),
            let day = DecimalDigits.value(of: bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Makes a date of days since 1970-01-01; a number outside the years 1 to 9999 is clamped to the nearest end.
    public init(dayNumber: Int) {
        number = Int32(clamping: min(max(dayNumber, Int(Self.firstDayNumber)), Int(Self.lastDayNumber)))
    }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; 719_162 days before it lies a Monday.
        switch (Int(number) - Int(Self.firstDayNumber)) % 7 {
        case 0: .monday
        case 1: .tuesday
        case 2: .wednesday
        case 3: .thursday
        case 4: .friday
        case 5: .saturday
        default: .sunday
        }
    }

    /// "March".
    public var monthName: String { Self.monthNames[fields.month - 1] }

    /// The date as people say it, without the year: "Tuesday, March 3".
    public var words: String {
        let fields = fields
        return "\(weekday.name), \(Self.monthNames[fields.month - 1]) \(fields.day)"
    }

    public static func < (left: LocalDate, right: LocalDate) -> Bool {
        left.number < right.number
    }

    /// Adds calendar days; the result is clamped to the years 1 to 9999.
    public static func + (date: LocalDate, days: Int) -> LocalDate {
        let (sum, overflows) = Int(date.number).addingReportingOverflow(days)
        return LocalDate(dayNumber: overflows ? (days < 0 ? .min : .max) : sum)
    }

    /// Takes calendar days away; the result is clamped to the years 1 to 9999.
    public static func - (date: LocalDate, days: Int) -> LocalDate {
        let (difference, overflows) = Int(date.number).subtractingReportingOverflow(days)
        return LocalDate(dayNumber: overflows ? (days < 0 ? .max : .min) : difference)
    }

    /// Gives the calendar days from `earlier` to `later`; negative when they are the other way round.
    public static func - (later: LocalDate, earlier: LocalDate) -> Int {
        Int(later.number) - Int(earlier.number)
    }

    // Days are counted from March 1 of a year 0 so that the leap day comes last; 146,097 days make 400 years.
    // Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

    private var fields: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]
}

extension LocalDate: CustomStringConvertible {
    /// ISO 8601, "2026-03-06".
    public var description: String {
        let (year, month, day) = fields
        return "\(DecimalDigits.padded(year, to: 4))-\(DecimalDigits.padded(month, to: 2))-\(DecimalDigits.padded(day, to: 2))"
    }
}
