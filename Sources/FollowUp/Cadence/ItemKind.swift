/// What the cadence needs to know of one declined item.
public struct ItemKind: Sendable, Equatable {
    public var category: ServiceCategory
    public var tier: Tier

    public init(category: ServiceCategory, tier: Tier) {
        self.category = category
        self.tier = tier
    }

    /// Sorts a declined item into the catalogue.
    public init(_ item: DeclinedItem, in catalogue: Catalogue) {
        category = catalogue.category(opCode: item.opCode, description: item.description)
        tier = category.tier(priceCents: item.priceCents)
    }

    /// Whether this item earns a fourth touch on that day: high-dollar work, for safety or for the season that is coming
    /// then. Safety is a reason before any season.
    public func deservesSeasonTouch(on day: LocalDate) -> Bool {
        guard tier == .high, let season = Season.coming(on: day) else { return false }
        return category.isSafety || category.seasons.contains(season)
    }
}
