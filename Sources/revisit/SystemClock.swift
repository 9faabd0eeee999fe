internal import FollowUp
internal import Foundation

/// The machine's clock.
struct SystemClock: WallClock {
    var now: Timestamp { Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970)) }
}
