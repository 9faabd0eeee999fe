/// One law's hours of contact, in the recipient's local time, with where they were read and when.
public struct HoursRule: Hashable, Sendable {
    /// Whose rule it is, as `revisit why` says it: "Texas", "the United States".
    public let authority: String
    public let hours: WeeklyHours
    public let source: String
    /// The day on which the source was last read.
    public let asOf: LocalDate
    /// True when the source is a summary rather than the law itself.
    public let isSecondary: Bool

    public init(authority: String, hours: WeeklyHours, source: String, asOf: LocalDate, isSecondary: Bool) {
        self.authority = authority
        self.hours = hours
        self.source = source
        self.asOf = asOf
        self.isSecondary = isSecondary
    }
}
