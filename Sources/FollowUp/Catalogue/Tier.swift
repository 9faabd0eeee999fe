/// How much money a kind of work moves, which decides its benchmark and whether it may have a fourth touch.
public enum Tier: String, Sendable, CaseIterable, Comparable {
    case low, mid, high

    /// Work that no category knows gets its tier from its price; without a price it is mid.
    public init(priceCents: Int?) {
        guard let priceCents else {
            self = .mid
            return
        }
        self = priceCents < Self.midFromCents ? .low : priceCents < Self.highFromCents ? .mid : .high
    }

    /// The days after the visit within which a close counts towards the tier's rate.
    public var windowDays: Int {
        switch self {
        case .low, .mid: 30
        case .high: 60
        }
    }

    public static func < (left: Tier, right: Tier) -> Bool { left.rank < right.rank }

    private static let midFromCents = 150_00
    private static let highFromCents = 700_00

    private var rank: Int {
        switch self {
        case .low: 0
        case .mid: 1
        case .high: 2
        }
    }
}
