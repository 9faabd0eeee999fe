/// A number of declined items with their dollars.
public struct ItemCount: Sendable, Hashable {
    public var items: Int
    public var cents: Int

    public static let zero = ItemCount(items: 0, cents: 0)

    public init(items: Int, cents: Int) {
        self.items = items
        self.cents = cents
    }

    public static func + (left: ItemCount, right: ItemCount) -> ItemCount {
        ItemCount(items: left.items + right.items, cents: left.cents + right.cents)
    }

    public static func += (sum: inout ItemCount, added: ItemCount) {
        sum = sum + added
    }

    /// Counts each item once with the cents that `cents` gives for it.
    init(_ items: [ReportItem], cents: (ReportItem) -> Int) {
        self.init(items: items.count, cents: items.reduce(0) { $0 + cents($1) })
    }
}
