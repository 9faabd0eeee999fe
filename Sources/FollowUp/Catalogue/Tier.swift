/// How much a category of work costs, which sets the benchmark it is measured against.
public enum Tier: String, Sendable, CaseIterable {
    case low, mid, high

    /// The tier of work that no category knows, by its estimate: below $150 low, below $700 mid, mid without an estimate.
    public init(priceCents: Int?) {
        switch priceCents ?? 15_000 {
        case ..<15_000: self = .low
        case ..<70_000: self = .mid
        default: self = .high
        }
    }
}
