internal import FollowUp
internal import Foundation
internal import Synchronization

/// The machine's clock, moved by as many seconds as a file says. For tests.
///
/// The file is read at each look, so that a test plays hours in an instant, for every process that reads it alike. It never goes back within a
/// process; that it doesn't between two is up to whoever writes the file.
final class RehearsalClock: WallClock {
    private let path: String
    private let latest = Mutex(Int64.min)

    /// Nil when the file holds no number.
    init?(path: String) {
        self.path = path
        guard Self.offsetSeconds(path) != nil else { return nil }
    }

    var now: Timestamp {
        let system = Date().timeIntervalSince1970
        return latest.withLock { latest in
            if let offset = Self.offsetSeconds(path) { latest = max(latest, Int64((system + offset).rounded(.down))) }
            return Timestamp(secondsSince1970: latest)
        }
    }

    private static func offsetSeconds(_ path: String) -> Double? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return Double(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
