import Foundation

/// A zone's local time for the oracle: Foundation's offsets, looked up once for each quarter hour of 2026.
///
/// Every offset of that year changes on a quarter hour of UTC.
final class HoursOracleClock {
    private static let firstQuarter = 20_454 * 96  // 2026-01-01
    private static let unknown = Int.max

    let identifier: String
    private let foundation: TimeZone?
    private var offsets = [Int](repeating: HoursOracleClock.unknown, count: 365 * 96)

    init(zone: String) {
        identifier = zone
        foundation = TimeZone(identifier: zone)
    }

    /// `minute` counts minutes since 1970 in UTC; the day is counted likewise.
    func local(_ minute: Int) -> (day: Int, minute: Int) {
        let position = minute / 15 - Self.firstQuarter
        if offsets[position] == Self.unknown { offsets[position] = offsetMinutes(minute) }
        let local = minute + offsets[position]
        return (local / 1440, local % 1440)
    }

    private func offsetMinutes(_ minute: Int) -> Int {
        if let amended = westernCanada(minute) { return amended }
        let start = Date(timeIntervalSince1970: Double(minute / 15 * 900))
        return (foundation?.secondsFromGMT(for: start) ?? 0) / 60
    }

    /// After 2026-03-08T12:00Z Foundation's copy of the tz database is behind the law there.
    private func westernCanada(_ minute: Int) -> Int? {
        guard minute >= 1_772_971_200 / 60 else { return nil }
        switch identifier {
        case "America/Vancouver": return -420
        case "America/Edmonton", "America/Inuvik": return -360
        case "America/Winnipeg": return -300
        default: return nil
        }
    }
}
