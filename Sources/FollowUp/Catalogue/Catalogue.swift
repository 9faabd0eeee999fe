/// The kinds of work that a rooftop recommends, and how a line of the DMS is recognised as one of them.
public struct Catalogue: Sendable {
    /// What every rooftop starts from.
    public static let usual = Catalogue(categories: usualCategories)

    /// In order of precedence.
    public let categories: [ServiceCategory]

    private let byOpCode: [String: Int]
    private let phrases: [Phrase]

    public init(categories: [ServiceCategory]) {
        self.categories = categories
        var byOpCode: [String: Int] = [:]
        var phrases: [Phrase] = []
        for (index, category) in categories.enumerated() {
            for opCode in category.opCodes.map(Self.key) where byOpCode[opCode] == nil { byOpCode[opCode] = index }
            phrases += category.words.map { Phrase(words: DescriptionWords.split($0), index: index) }
        }
        self.byOpCode = byOpCode
        // Longest first; of two equally long the earlier category stands first.
        self.phrases = phrases.sorted { ($1.length, $0.index) < ($0.length, $1.index) }
    }

    /// Gives this catalogue with a rooftop's own categories in front: their op codes and equally long phrases win.
    public func extended(with own: [ServiceCategory]) -> Catalogue {
        // What is laid out for look-ups is shared by every rooftop that adds nothing.
        own.isEmpty ? self : Catalogue(categories: own + categories)
    }

    /// Recognises a line by its op code, then by the longest phrase in its description.
    ///
    /// A line that nothing fits is `other`, "recommended work". A category without a tier gets it from the price in cents.
    public func category(opCode: String?, description: String, priceCents: Int? = nil) -> ServiceCategory {
        var category = entry(opCode: opCode, description: description)
            ?? ServiceCategory(code: ServiceCategory.otherCode, name: "recommended work", tier: nil)
        category.tier = category.tier ?? Tier(priceCents: priceCents)
        return category
    }

    /// Classifies a repair order's declined items, in its order.
    public func items(declinedOn repairOrder: RepairOrder) -> [ClassifiedItem] {
        repairOrder.declined.map { item in
            ClassifiedItem(
                item: item,
                category: category(opCode: item.opCode, description: item.description, priceCents: item.priceCents),
                visitOn: repairOrder.closedOn)
        }
    }

    private struct Phrase {
        let words: [String]
        let index: Int
        var length: Int { words.reduce(0) { $0 + $1.count } }
    }

    private func entry(opCode: String?, description: String) -> ServiceCategory? {
        if let opCode, let index = byOpCode[Self.key(opCode)] { return categories[index] }
        let words = DescriptionWords(description)
        return phrases.first { words.contains(allOf: $0.words) }.map { categories[$0.index] }
    }

    private static func key(_ opCode: String) -> String {
        String(opCode.uppercased().filter { !$0.isWhitespace })
    }
}
