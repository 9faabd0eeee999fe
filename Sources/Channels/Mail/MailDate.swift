internal import FollowUp

/// Dates of RFC 5322, 3.3: "Fri, 06 Mar 2026 16:00:00 +0000".
enum MailDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]   // 1970-01-01 was a Thursday
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(of time: Timestamp) -> String {
        let iso = time.description   // "2026-03-06T16:00:00Z"
        let date = iso.prefix { $0 != "T" }.split(separator: "-")
        let clock = iso.drop { $0 != "T" }.dropFirst().dropLast()
        let second = time.secondsSince1970 % Timestamp.secondsPerDay
        let day = (time.secondsSince1970 - (second < 0 ? second + Timestamp.secondsPerDay : second)) / Timestamp.secondsPerDay
        let weekday = weekdays[Int((day % 7 + 7) % 7)]
        let month = date.count == 3 ? Int(date[1]).map { months[$0 - 1] } : nil
        return "\(weekday), \(date[2]) \(month ?? "Jan") \(date[0]) \(clock) +0000"
    }
}
