import Foundation

/// A zone's local time for the oracle: Foundation's offsets, looked up once for each quarter hour of 2026.
///
/// Every offset of that year changes on a quarter hour of UTC.
final class HoursOracleClock {
    private static let firstMinute = 20_454 * 1440  // 2026-01-01
    private static let quarterCount = 365 * 96

    let identifier: String
    /// Minutes to add to UTC, by quarter hour.
    private let offsets: [Int]

    init(zone: String) {
        identifier = zone
        let foundation = TimeZone(identifier: zone)
        offsets = (0..<Self.quarterCount).map { quarter in
            let minute = Self.firstMinute + quarter * 15
            if let amended = Self.westernCanada(zone, minute) { return amended }
            return (foundation?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60))) ?? 0) / 60
        }
    }

    /// `minute` counts minutes since 1970 in UTC, the day likewise; weekday 0 is Monday.
    func local(_ minute: Int) -> (day: Int, weekday: Int, minute: Int) {
        let local = minute + offsets[(minute - Self.firstMinute) / 15]
        let day = local / 1440
        return (day, (day + 3) % 7, local - day * 1440)
    }

    /// After 2026-03-08T12:00Z Foundation's copy of the tz database is behind the law there.
    private static func westernCanada(_ zone: String, _ minute: Int) -> Int? {
        guard minute >= 1_772_971_200 / 60 else { return nil }
        switch zone {
        case "America/Vancouver": return -420
        case "America/Edmonton", "America/Inuvik": return -360
        case "America/Winnipeg": return -300
        default: return nil
        }
    }
}
