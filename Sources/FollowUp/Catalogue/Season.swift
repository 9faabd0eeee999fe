/// A time of year that people prepare a vehicle for.
public enum Season: String, Sendable, CaseIterable {
    case winter, summer

    /// The season that a day is in time to prepare for: winter from September 15 to December 15, summer trips from
    /// April 1 to June 30; nil in between.
    public static func coming(on day: LocalDate) -> Season? {
        let monthAndDay = day.month * 100 + day.day
        return switch monthAndDay {
        case 401...630: .summer
        case 915...1215: .winter
        default: nil
        }
    }
}
