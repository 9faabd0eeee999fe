internal import Foundation
internal import FollowUp

/// The date of an HTTP answer (RFC 9110, 5.6.7): "Sat, 28 Nov 2026 16:52:46 GMT".
enum HTTPDate {
    static func timestamp(_ text: String) -> Timestamp? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text).map { Timestamp(secondsSince1970: Int64($0.timeIntervalSince1970)) }
    }
}
