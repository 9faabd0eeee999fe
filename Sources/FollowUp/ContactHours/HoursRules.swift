/// The hours rules that the host enforces; all that apply to a place hold at once.
public enum HoursRules {
    /// The day on which the rules were last gone through.
    public static let asOf = LocalDate(dayNumber: 20_781)  // 2026-11-24

    /// 8:00–21:00 at the called party's location.
    public static let unitedStates = HoursRule(
        authority: "the United States", hours: WeeklyHours(everyDay: hours(8, 21)),
        source: "47 CFR 64.1200(c)(1)", asOf: asOf, isSecondary: false)

    /// The telemarketing hours of the Canadian regulator. They are written for calls; texts are held to them as well.
    public static let canada = HoursRule(
        authority: "Canada",
        hours: WeeklyHours(weekdays: DailyWindow(uncheckedMinutes: 9 * 60..<21 * 60 + 30), weekends: hours(10, 18)),
        source: "summary of the CRTC Unsolicited Telecommunications Rules, Part III", asOf: asOf, isSecondary: true)

    /// The states that are stricter than the federal rule.
    public static let stricterStates: [Jurisdiction: HoursRule] = [
        .connecticut: state(.connecticut, WeeklyHours(everyDay: hours(9, 20)), "Conn. Gen. Stat. 42-288a"),
        .florida: state(.florida, WeeklyHours(everyDay: hours(8, 20)), "Fla. Stat. 501.616(6)"),
        .maryland: state(.maryland, WeeklyHours(everyDay: hours(8, 20)), "the Stop the Spam Calls Act of 2023"),
        .mississippi: state(.mississippi, WeeklyHours(everyDay: hours(8, 20)), "the Mississippi Telephone Solicitation Act"),
        .newJersey: state(.newJersey, WeeklyHours(everyDay: hours(8, 20)), "New Jersey's telemarketing law of 2023"),
        .oklahoma: state(.oklahoma, WeeklyHours(everyDay: hours(8, 20)), "the Oklahoma Telephone Solicitation Act of 2022"),
        .rhodeIsland: state(
            .rhodeIsland, WeeklyHours(weekdays: hours(9, 18), weekends: hours(10, 17)), "R.I. Gen. Laws 5-61-3.6"),
        .texas: state(.texas, texasHours, "Tex. Bus. & Com. Code 301.051"),
        .washington: state(.washington, WeeklyHours(everyDay: hours(8, 20)), "RCW 80.36.390"),
    ]

    /// Gives the rules that hold at a place: the country's, and the state's when it has its own.
    public static func rules(at place: Place) -> [HoursRule] {
        let national =
            switch place.country {
            case .unitedStates: unitedStates
            case .canada: canada
            }
        guard let jurisdiction = place.jurisdiction, let own = stricterStates[jurisdiction] else { return [national] }
        return [own, national]
    }

    private static var texasHours: WeeklyHours {
        var week = WeeklyHours(everyDay: hours(9, 21))
        week[.sunday] = hours(12, 21)
        return week
    }

    private static func hours(_ opens: Int, _ closes: Int) -> DailyWindow {
        DailyWindow(uncheckedMinutes: opens * 60..<closes * 60)
    }

    private static func state(_ jurisdiction: Jurisdiction, _ hours: WeeklyHours, _ law: String) -> HoursRule {
        HoursRule(
            authority: jurisdiction.name, hours: hours, source: "summary of \(law)", asOf: asOf, isSecondary: true)
    }
}
