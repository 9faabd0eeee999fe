internal import Foundation
internal import Synchronization

/// An IANA time zone with its transitions from 1990 to 2060 laid out, so that an offset is found by binary search.
///
/// Every value of one identifier shares one immutable table. Outside those years Foundation answers directly.
public struct Zone: Sendable {
    /// The IANA identifier, "America/Chicago".
    public var identifier: String { table.identifier }

    let table: ZoneTable

    /// Makes the zone with this IANA identifier, from the process-wide cache when it was made before.
    ///
    /// Throws `UnknownZone` for anything else. Abbreviations such as "EST" are refused although Foundation would take
    /// them: they name a fixed offset that never observes daylight saving.
    public init(identifier: String) throws(UnknownZone) {
        if let known = Self.cache.withLock({ $0[identifier] }) {
            table = known
            return
        }
        guard identifier == "UTC" || identifier.contains("/"), let timeZone = TimeZone(identifier: identifier)
        else { throw UnknownZone(identifier: identifier) }
        let made = ZoneTable(identifier: identifier, timeZone: timeZone)
        table = Self.cache.withLock { cache in
            if let first = cache[identifier] { return first }
            cache[identifier] = made
            return made
        }
    }

    /// For identifiers in the target's own data; a Foundation without them has lost its tz database.
    init(builtIn identifier: String) {
        do {
            try self.init(identifier: identifier)
        } catch {
            preconditionFailure("Foundation's tz database is missing: \(error)")
        }
    }

    private init(table: ZoneTable) {
        self.table = table
    }

    public static let utc = Zone(table: ZoneTable(identifier: "UTC", timeZone: .gmt))

    /// Gives the seconds to add to UTC for this zone's local time, negative west of Greenwich.
    public func offsetSeconds(at timestamp: Timestamp) -> Int {
        Int(table.offsetSeconds(at: timestamp.secondsSince1970))
    }

    /// Gives the calendar date here at that instant.
    public func localDate(at timestamp: Timestamp) -> LocalDate {
        local(at: timestamp).date
    }

    /// Gives the time of day here at that instant; the seconds are dropped.
    public func localTime(at timestamp: Timestamp) -> LocalTime {
        local(at: timestamp).time
    }

    /// Gives the date and the time of day here at that instant, with one look-up; the seconds are dropped.
    public func local(at timestamp: Timestamp) -> (date: LocalDate, time: LocalTime) {
        let seconds = timestamp.secondsSince1970 + table.offsetSeconds(at: timestamp.secondsSince1970)
        let (day, second) = seconds.quotientAndRemainderRoundingDown(dividingBy: Timestamp.secondsPerDay)
        return (LocalDate(dayNumber: Int(day)), LocalTime(unchecked: Int(second / 60)))
    }

    /// Gives the instant of a local date and time.
    ///
    /// In a gap the time moves forward by the gap's length (02:30 becomes 03:30); in an overlap the first instant is taken.
    public func timestamp(of date: LocalDate, _ time: LocalTime) -> Timestamp {
        let local = Int64(date.dayNumber) * Timestamp.secondsPerDay + Int64(time.minutesSinceMidnight * 60)
        return Timestamp(secondsSince1970: table.instant(ofLocalSeconds: local))
    }

    private static let cache = Mutex<[String: ZoneTable]>(["UTC": utc.table])
}

extension Zone: Hashable, CustomStringConvertible {
    public static func == (left: Zone, right: Zone) -> Bool {
        left.table === right.table || left.identifier == right.identifier
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
    }

    /// The IANA identifier.
    public var description: String { identifier }
}
