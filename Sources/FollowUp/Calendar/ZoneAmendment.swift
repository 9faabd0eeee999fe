/// A change of law that tz databases in use don't have yet: from an instant on, a zone keeps one offset for good.
///
/// Foundation on Linux brings its own copy of the tz database, and Swift 6.3 still brings release 2025b. Without these
/// rows a host would believe that it is an hour earlier in Vancouver than it is, and text people after hours.
/// A row may go once every supported Foundation has the release that it names.
struct ZoneAmendment: Hashable, Sendable {
    let identifiers: [String]
    /// From this instant on the offset holds for good.
    let start: Timestamp
    let offsetSeconds: Int64

    /// Source: tz database, release 2026f. Western Canada stopped changing clocks: the change to daylight time of
    /// March 8, 2026 was the last, so November 1, 2026 changes nothing.
    static let all: [ZoneAmendment] = [
        ZoneAmendment(
            identifiers: ["America/Vancouver", "Canada/Pacific"],
            start: Timestamp(secondsSince1970: 1_772_964_000),  // 2026-03-08T10:00:00Z
            offsetSeconds: -7 * 3600),
        ZoneAmendment(
            identifiers: ["America/Edmonton", "America/Inuvik", "America/Yellowknife", "Canada/Mountain"],
            start: Timestamp(secondsSince1970: 1_772_960_400),  // 2026-03-08T09:00:00Z
            offsetSeconds: -6 * 3600),
        ZoneAmendment(
            identifiers: ["America/Winnipeg", "America/Rainy_River", "Canada/Central"],
            start: Timestamp(secondsSince1970: 1_772_956_800),  // 2026-03-08T08:00:00Z
            offsetSeconds: -5 * 3600),
    ]
}
