internal import FollowUp

/// Reads the moments that people type: "+3d 10:00", "+2h", "2026-03-06 10:00", "day 10", "10:00".
enum PromptTime {
    struct Unreadable: Error, CustomStringConvertible {
        let text: String
        var description: String { "expected a time as +3d 10:00, +2h, day 10, 2026-03-06 10:00 or 10:00, got: \(text)" }
    }

    /// - Parameters:
    ///   - now: What relative times count from.
    ///   - visit: What "day 10" counts from; such a day is taken at `sendAt`.
    static func moment(_ text: String, now: Timestamp, visit: LocalDate, sendAt: LocalTime, zone: Zone) throws(Unreadable) -> Timestamp {
        let words = text.split(separator: " ").map(String.init)
        let local = zone.local(at: now)
        var date = local.date
        var time: LocalTime?
        var place = 0
        guard let first = words.first else { throw Unreadable(text: text) }
        if first.lowercased() == "day", words.count > 1, let day = Int(words[1]) {
            (date, time, place) = (visit + day, sendAt, 2)
        } else if first.hasPrefix("+") || first.hasPrefix("-") {
            guard let unit = first.last, let number = Int(first.dropLast()), abs(number) < 100_000 else { throw Unreadable(text: text) }
            place = 1
            switch unit {
            case "d": date = date + number
            case "w": date = date + 7 * number
            case "h", "m":
                let later = zone.local(at: now + Int64(number) * (unit == "h" ? 3600 : 60))
                (date, time) = (later.date, later.time)
            default: throw Unreadable(text: text)
            }
        } else if let day = LocalDate(first) {
            (date, place) = (day, 1)
        }
        if place < words.count {
            guard place == words.count - 1, let clock = LocalTime(words[place]) else { throw Unreadable(text: text) }
            time = clock
        }
        return zone.timestamp(of: date, time ?? local.time)
    }

    /// "Fri 2026-03-06 10:00".
    static func words(_ now: Timestamp, in zone: Zone) -> String {
        let local = zone.local(at: now)
        return "\(local.date.weekday.name.prefix(3)) \(local.date) \(local.time)"
    }
}
