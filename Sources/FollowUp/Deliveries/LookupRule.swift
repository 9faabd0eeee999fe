/// When a send of unknown outcome is looked for at the provider: six looks over a day, then it is parked.
public enum LookupRule {
    /// Seconds from the attempt to each look.
    public static let lookSeconds: [Int64] = [60, 300, 1800, 2 * 3600, 8 * 3600, 24 * 3600]

    /// Looks that come late keep this far apart.
    static let leastSeconds: Int64 = 60

    /// Gives the instant of the next look; nil after the last one.
    public static func nextLook(intendedAt: Timestamp, after looks: Int, now: Timestamp) -> Timestamp? {
        guard looks < lookSeconds.count else { return nil }
        return max(intendedAt + lookSeconds[looks], now + leastSeconds)
    }
}
