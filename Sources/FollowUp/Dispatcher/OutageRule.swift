/// What a rooftop's dispatcher may do after it stood still: no burst, and no stale words.
public struct OutageRule: Sendable, Equatable {
    /// A stop that is longer has its backlog spread.
    public static let spreadAfterSeconds: Int64 = 6 * 3600
    /// A stop that is longer waits for a person's word.
    public static let waitAfterSeconds: Int64 = 7 * Timestamp.secondsPerDay
    /// A backlog goes out at no more than this many times the normal hourly rate.
    public static let rateFactor = 2
    /// The days before the stop over which the normal rate is counted.
    public static let rateDays = 28
    /// What a rooftop may send in an hour however little it usually sends.
    public static let leastPerHour = 2

    /// How fast touches may go out.
    public enum Pace: Sendable, Equatable {
        case free
        /// The backlog of an outage that ended at `since` is going out: at most so many touches in any hour.
        case spreading(perHour: Int, since: Timestamp)
        /// Nothing goes out until a person lets it.
        case held(since: Timestamp)
    }

    /// Gives the pace with which a dispatcher goes on.
    ///
    /// - Parameters:
    ///   - pace: The pace when it last ran.
    ///   - lastRunAt: When it last ran; nil for the first time.
    ///   - sentBefore: Touches accepted in the `rateDays` days before it stopped.
    ///   - hours: The rooftop's.
    public static func pace(
        after pace: Pace, lastRunAt: Timestamp?, sentBefore: Int, hours: RooftopHours, now: Timestamp
    ) -> Pace {
        guard let lastRunAt, now - lastRunAt > spreadAfterSeconds else { return pace }
        if case .held = pace { return pace }
        if now - lastRunAt > waitAfterSeconds { return .held(since: now) }
        return .spreading(perHour: max(leastPerHour, rateFactor * sentBefore / max(1, openHours(hours))), since: now)
    }

    private static func openHours(_ hours: RooftopHours) -> Int {
        let minutes = Weekday.allCases.reduce(0) { $0 + (hours.hours[$1]?.minutes.count ?? 0) }
        return minutes * rateDays / 7 / 60
    }
}
