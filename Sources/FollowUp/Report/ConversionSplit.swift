/// One part of the contacted items, with how many of them closed; the parts of a split sum to its total.
public struct ConversionSplit<Key: Hashable & Sendable>: Sendable, Hashable {
    /// Nil for items of which the ledger doesn't know the part.
    public let key: Key?
    /// Items contacted, with their estimates.
    public let contacted: ItemCount
    /// Items closed by follow-up, with what they brought.
    public let closed: ItemCount

    /// Gives a part for each key in `keys` that has items, in that order, and one for nil.
    static func parts(of items: [ReportItem], by keys: [Key], key: (ReportItem) -> Key?) -> [ConversionSplit] {
        let groups = Dictionary(grouping: items.filter { $0.contactedOn != nil }, by: key)
        return (keys.map(Optional.some) + [nil]).compactMap { part in
            groups[part].map { ConversionSplit(key: part, items: $0) }
        }
    }

    private init(key: Key?, items: [ReportItem]) {
        let funnel = Funnel(items)
        self.key = key
        contacted = funnel.contacted
        closed = funnel.closed
    }
}
