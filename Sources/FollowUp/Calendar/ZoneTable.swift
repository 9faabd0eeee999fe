internal import Foundation

/// The immutable transitions of one zone: `starts[i]` is the first second at which `offsets[i]` holds.
final class ZoneTable: Sendable {
    private static let firstSecond: Int64 = 631_152_000  // 1990-01-01T00:00:00Z
    private static let endSecond: Int64 = 2_871_763_200  // 2061-01-01T00:00:00Z
    /// Two transitions closer together than this would be missed; the closest pair since 1990 is four weeks apart.
    private static let scanStepSeconds: Int64 = 7 * Timestamp.secondsPerDay

    let identifier: String
    private let timeZone: TimeZone
    private let starts: [Int64]
    private let offsets: [Int64]
    private let amendment: ZoneAmendment?

    init(identifier: String, timeZone: TimeZone) {
        self.identifier = identifier
        self.timeZone = timeZone
        var starts = [Self.firstSecond]
        var offsets = [Self.foundationOffset(of: timeZone, at: Self.firstSecond)]
        var second = Self.firstSecond
        while second < Self.endSecond {
            let next = min(second + Self.scanStepSeconds, Self.endSecond)
            let offset = Self.foundationOffset(of: timeZone, at: next)
            if offset != offsets[offsets.count - 1] {
                starts.append(Self.transition(of: timeZone, after: second, upTo: next, to: offset))
                offsets.append(offset)
            }
            second = next
        }
        let amendment = ZoneAmendment.all.first { $0.identifiers.contains(identifier) }
        if let amendment {
            let kept = starts.firstIndex { $0 >= amendment.start.secondsSince1970 } ?? starts.count
            starts = starts[..<kept] + [amendment.start.secondsSince1970]
            offsets = offsets[..<kept] + [amendment.offsetSeconds]
        }
        self.amendment = amendment
        self.starts = starts
        self.offsets = offsets
    }

    /// Gives the seconds to add to UTC at that second.
    @inline(__always)
    func offsetSeconds(at second: Int64) -> Int64 {
        guard second >= Self.firstSecond, second < Self.endSecond else {
            return offsetSecondsOutsideTable(at: second)
        }
        return offsets[index(at: second)]
    }

    /// Gives the offset at that second and the first second at which another may hold; outside the table's years a
    /// quarter of an hour is looked ahead, since no transition lies inside one.
    func stretch(at second: Int64) -> (offset: Int64, end: Int64) {
        guard second >= Self.firstSecond, second < Self.endSecond else {
            let quarterHour: Int64 = 900
            let end = second - second.quotientAndRemainderRoundingDown(dividingBy: quarterHour).remainder + quarterHour
            return (offsetSecondsOutsideTable(at: second), end)
        }
        let index = index(at: second)
        return (offsets[index], index + 1 < starts.count ? starts[index + 1] : Self.endSecond)
    }

    /// The position of the last start that isn't after `second`, which lies inside the table.
    @inline(__always)
    private func index(at second: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= second { low = middle } else { high = middle }
        }
        return low
    }

    /// Gives the UTC second of a local second count (days since 1970 × 86,400 + seconds into the local day).
    func instant(ofLocalSeconds local: Int64) -> Int64 {
        // No offset exceeds a day, so these two lie surely before and surely after the instant sought.
        let before = offsetSeconds(at: local - Timestamp.secondsPerDay)
        let after = offsetSeconds(at: local + Timestamp.secondsPerDay)
        let withBefore = local - before
        if before == after || offsetSeconds(at: withBefore) == before { return withBefore }
        let withAfter = local - after
        if offsetSeconds(at: withAfter) == after { return withAfter }
        return withBefore  // in a gap: the old offset carries the time forward past it
    }

    private func offsetSecondsOutsideTable(at second: Int64) -> Int64 {
        if let amendment, second >= amendment.start.secondsSince1970 { return amendment.offsetSeconds }
        return Self.foundationOffset(of: timeZone, at: second)
    }

    /// Finds by bisection the first second in (`low`, `high`] at which `offset` holds.
    private static func transition(
        of timeZone: TimeZone, after low: Int64, upTo high: Int64, to offset: Int64
    ) -> Int64 {
        var low = low
        var high = high
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if foundationOffset(of: timeZone, at: middle) == offset { high = middle } else { low = middle }
        }
        return high
    }

    private static func foundationOffset(of timeZone: TimeZone, at second: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
}
