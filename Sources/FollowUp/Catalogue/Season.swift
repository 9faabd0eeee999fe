/// A season that people prepare a car for. It is "coming" during its preparation window, whatever the year.
public enum Season: String, Sendable, CaseIterable {
    case winter, summer

    /// Gives the season to prepare for on that date: winter from September 15 to December 15, summer (trips) from
    /// April 1 to June 30, both ends included; nil on every other date.
    public static func coming(on date: LocalDate) -> Season? {
        let monthDay = date.month * 100 + date.day
        return allCases.first { $0.preparation.contains(monthDay) }
    }

    /// Month × 100 + day.
    private var preparation: ClosedRange<Int> {
        switch self {
        case .winter: 9_15...12_15
        case .summer: 4_01...6_30
        }
    }
}
