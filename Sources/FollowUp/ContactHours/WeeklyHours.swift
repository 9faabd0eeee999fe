/// A window for each weekday, or none on a day that is closed.
public struct WeeklyHours: Hashable, Sendable {
    /// Monday first; always seven.
    private var windows: [DailyWindow?]

    /// The same window every day; nil closes the whole week.
    public init(everyDay window: DailyWindow?) {
        windows = Array(repeating: window, count: Weekday.allCases.count)
    }

    /// One window from Monday to Friday and another on Saturday and Sunday.
    public init(weekdays: DailyWindow?, weekends: DailyWindow?) {
        self.init(everyDay: weekdays)
        self[.saturday] = weekends
        self[.sunday] = weekends
    }

    public subscript(weekday: Weekday) -> DailyWindow? {
        get { windows[weekday.rawValue - 1] }
        set { windows[weekday.rawValue - 1] = newValue }
    }
}

extension WeeklyHours: CustomStringConvertible {
    /// "9:00–21:00 Mon–Sat, 12:00–21:00 Sun"; days in a row with the same window share a part, closed days have none.
    public var description: String {
        var parts: [String] = []
        var first = Weekday.monday
        for weekday in Weekday.allCases {
            let isLastOfRun = weekday == .sunday || windows[weekday.rawValue] != windows[weekday.rawValue - 1]
            guard isLastOfRun else { continue }
            if let window = self[weekday] {
                parts.append("\(window) \(Self.words(from: first, to: weekday))")
            }
            first = Weekday(rawValue: weekday.rawValue + 1) ?? .sunday
        }
        return parts.isEmpty ? "no hours" : parts.joined(separator: ", ")
    }

    private static func words(from first: Weekday, to last: Weekday) -> String {
        if first == .monday && last == .sunday { return "every day" }
        return first == last ? "\(first.name.prefix(3))" : "\(first.name.prefix(3))–\(last.name.prefix(3))"
    }
}
