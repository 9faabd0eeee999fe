internal import Foundation

/// An identifier that names no IANA time zone, with the nearest one that does.
public struct UnknownZone: Error, Hashable, CustomStringConvertible {
    public let identifier: String
    /// An identifier that exists, when one is near enough to propose.
    public let suggestion: String?

    public init(identifier: String) {
        self.identifier = identifier
        suggestion = Self.suggestion(for: identifier)
    }

    /// "no time zone is called 'America/Chicgo'; did you mean 'America/Chicago'?"
    public var description: String {
        let lead = "no time zone is called '\(identifier.prefix(Self.longestIdentifier))'"
        guard let suggestion else { return "\(lead); expected an IANA name such as 'America/Chicago'" }
        return "\(lead); did you mean '\(suggestion)'?"
    }

    private static let longestIdentifier = 64
    private static let farthestSuggestion = 4

    private static func suggestion(for identifier: String) -> String? {
        guard identifier.utf8.count <= longestIdentifier else { return nil }
        let wanted = identifier.lowercased().replacingOccurrences(of: " ", with: "_")
        if let spoken = spokenNames[wanted.prefix { $0 != "_" }.description] { return spoken }
        let candidates = UnitedStatesAndCanadaZones.identifiers + TimeZone.knownTimeZoneIdentifiers
        var best: (identifier: String, distance: Int)?
        for candidate in candidates {
            let lowered = candidate.lowercased()
            let city = lowered.split(separator: "/").last.map(String.init) ?? lowered
            let distance = min(editDistance(wanted, lowered), wanted.contains("/") ? .max : editDistance(wanted, city))
            // A hint that is off by a third of the word is worse than none.
            let farthest = min(farthestSuggestion, max(1, (distance == editDistance(wanted, lowered) ? lowered : city).utf8.count / 3))
            if distance <= farthest, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.identifier
    }

    /// What people write when they mean a zone with daylight saving.
    private static let spokenNames: [String: String] = [
        "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York", "eastern": "America/New_York",
        "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago", "central": "America/Chicago",
        "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver", "mountain": "America/Denver",
        "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
        "pacific": "America/Los_Angeles", "arizona": "America/Phoenix", "hst": "Pacific/Honolulu",
        "hawaii": "Pacific/Honolulu", "alaska": "America/Anchorage", "atlantic": "America/Halifax",
    ]

    /// Levenshtein distance over UTF-8 bytes.
    private static func editDistance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (i, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let substituted = diagonal + (byte == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
