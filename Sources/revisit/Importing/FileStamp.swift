internal import FollowUp
internal import Foundation

/// The instant that an export speaks of: what its name says, or else when it was last written.
enum FileStamp {
    /// A stamp may lie this far ahead, for clocks that differ; one further ahead would keep every later file out.
    static let mostAheadSeconds = Timestamp.secondsPerDay

    private static let yearFirst = pattern(
        "(?<![0-9])(20[0-9]{2})([-_.]?)(0[1-9]|1[0-2])\\2([0-3][0-9])"
            + "(?:[T_ .-]?([01][0-9]|2[0-3])[-:._]?([0-5][0-9])(?:[-:._]?[0-5][0-9])?)?(?![0-9])")
    private static let monthFirst = pattern("(?<![0-9])(0[1-9]|1[0-2])[-_.]([0-3][0-9])[-_.](20[0-9]{2})(?![0-9])")

    /// Gives the stamp of a file. What the name says counts unless it lies in the future.
    static func of(name: String, writtenAt: Timestamp, zone: Zone, now: Timestamp) -> Timestamp {
        if let named = inName(name, zone: zone), named <= now + mostAheadSeconds { return named }
        return min(writtenAt, now)
    }

    /// Reads the date, and the time of day if there is one, out of a name as `ro_2026-03-03T10-00.csv`, `20260303.csv` or
    /// `ro_03-03-2026.csv`; nil when there is none. It is local to the rooftop.
    static func inName(_ name: String, zone: Zone) -> Timestamp? {
        if let parts = parts(of: name, yearFirst), let date = date(parts[0], parts[2], parts[3]) {
            guard let hour = number(parts[4]), let minute = number(parts[5]), let time = LocalTime(hour: hour, minute: minute) else {
                return zone.timestamp(of: date, .midnight)
            }
            return zone.timestamp(of: date, time)
        }
        guard let parts = parts(of: name, monthFirst), let date = date(parts[2], parts[0], parts[1]) else { return nil }
        return zone.timestamp(of: date, .midnight)
    }

    /// Reads `2026-03-03` or `2026-03-03T10:00`, local to the rooftop; nil for any other form.
    static func reading(_ text: String, zone: Zone) -> Timestamp? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard let date = LocalDate(parts[0]), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return zone.timestamp(of: date, .midnight) }
        return LocalTime(parts[1]).map { zone.timestamp(of: date, $0) }
    }

    /// When a file was last written.
    static func writtenAt(path: String) -> Timestamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Timestamp(secondsSince1970: Int64(status.st_mtim.tv_sec))
    }

    private static func parts(of name: String, _ pattern: NSRegularExpression) -> [String?]? {
        guard let match = pattern.firstMatch(in: name, range: NSRange(name.startIndex..., in: name)) else { return nil }
        return (1..<match.numberOfRanges).map { Range(match.range(at: $0), in: name).map { String(name[$0]) } }
    }

    private static func date(_ year: String?, _ month: String?, _ day: String?) -> LocalDate? {
        guard let year = number(year), let month = number(month), let day = number(day) else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    private static func number(_ text: String?) -> Int? { text.flatMap { Int($0) } }

    private static func pattern(_ text: String) -> NSRegularExpression {
        do {
            return try NSRegularExpression(pattern: text)
        } catch {
            preconditionFailure("a pattern of our own is none: \(error)")
        }
    }
}
