/// A declined item with the category that the catalogue found for it and the day of its visit.
public struct ClassifiedItem: Sendable, Equatable {
    public var item: DeclinedItem
    public var category: ServiceCategory
    /// The close date of the repair order that it was declined on.
    public var visitOn: LocalDate

    public init(item: DeclinedItem, category: ServiceCategory, visitOn: LocalDate) {
        self.item = item
        self.category = category
        self.visitOn = visitOn
    }

    public var tier: Tier { category.tier ?? Tier(priceCents: item.priceCents) }

    /// Tells whether this is the same work as `other`: the same op code or kind of work, or, where neither tells, the
    /// same words.
    public func isSameWork(as other: ClassifiedItem) -> Bool {
        if let mine = item.opCode?.uppercased(), mine == other.item.opCode?.uppercased() { return true }
        if category.code != ServiceCategory.otherCode || other.category.code != ServiceCategory.otherCode {
            return category.code == other.category.code && category.name == other.category.name
        }
        return item.description.lowercased() == other.item.description.lowercased()
    }

    /// Tells whether both say the same of the work, down to price and measurement.
    public func isDescribed(like other: ClassifiedItem) -> Bool {
        item == other.item && visitOn == other.visitOn && tier == other.tier && category.code == other.category.code
            && category.name == other.category.name && category.isSafety == other.category.isSafety
    }

    /// Tells whether a message should name this item before `other`: red, then safety, then tier, then price.
    public func precedes(_ other: ClassifiedItem) -> Bool {
        let mine = (severityRank, category.isSafety ? 1 : 0, tier, item.priceCents ?? 0)
        let theirs = (other.severityRank, other.category.isSafety ? 1 : 0, other.tier, other.item.priceCents ?? 0)
        return mine > theirs
    }

    private var severityRank: Int {
        switch item.severity {
        case .red: 2
        case .yellow: 1
        case nil: 0
        }
    }
}
