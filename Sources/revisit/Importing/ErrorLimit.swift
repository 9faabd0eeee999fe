import ArgumentParser

/// How many rows of a file may be put aside before the whole file is held back.
struct ErrorLimit: Sendable, Equatable {
    /// More than half of the rows: mapping and file don't fit each other.
    static let usual = ErrorLimit(share: 0.5)

    /// The most rows put aside, as a share of the rows of data; nil for no such limit.
    var share: Double?
    /// The most rows put aside; nil for no such limit.
    var count: Int?

    /// Reads "5%" or "100".
    static func reading(_ text: String) throws -> ErrorLimit {
        let isShare = text.hasSuffix("%")
        let digits = isShare ? String(text.dropLast()) : text
        if isShare, let percent = Double(digits), (0...100).contains(percent) { return ErrorLimit(share: percent / 100) }
        if !isShare, let count = Int(digits), count >= 0 { return ErrorLimit(count: count) }
        throw ValidationError("expected a share as 5% or a number of rows as 100, got: \(text)")
    }

    /// Several limits hold together; of two of one kind the stricter one. The usual one when there is none.
    init(_ limits: [ErrorLimit]) {
        share = limits.compactMap(\.share).min()
        count = limits.compactMap(\.count).min()
        if limits.isEmpty { self = .usual }
    }

    init(share: Double? = nil, count: Int? = nil) {
        self.share = share
        self.count = count
    }

    /// Gives the limit that is passed, as it is written; nil when none is.
    func passed(by quarantined: Int, of rows: Int) -> String? {
        if let share, Double(quarantined) > share * Double(rows) {
            let percent = share * 100
            return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
        }
        if let count, quarantined > count { return "\(count)" }
        return nil
    }
}
