/// The service categories that declined and performed work is sorted into. A rooftop may add its own.
public struct Catalogue: Sendable {
    public let categories: [ServiceCategory]
    private let byOpCode: [String: Int]

    /// The host's categories, with a rooftop's own before them: its op codes and words win, and a code given again
    /// replaces the host's.
    public init(adding own: [ServiceCategory] = []) {
        let codes = Set(own.map(\.code))
        categories = own + Self.shipped.filter { !codes.contains($0.code) }
        var byOpCode: [String: Int] = [:]
        for (place, category) in categories.enumerated() {
            for opCode in category.opCodes where byOpCode[opCode.uppercased()] == nil { byOpCode[opCode.uppercased()] = place }
        }
        self.byOpCode = byOpCode
    }

    /// The category of a job: by its op code, else by the longest of the words in its description, else `other`.
    public func category(opCode: String?, description: String?) -> ServiceCategory {
        if let opCode, let place = byOpCode[opCode.uppercased()] { return categories[place] }
        guard let description = description?.lowercased() else { return Self.other }
        var found: (category: ServiceCategory, length: Int)?
        for category in categories {
            for word in category.words where word.count > found?.length ?? 0 && Self.holds(description, word) {
                found = (category, word.count)
            }
        }
        return found?.category ?? Self.other
    }

    /// The category with that code, for what a ledger remembers.
    public subscript(code: String) -> ServiceCategory {
        categories.first { $0.code == code } ?? Self.other
    }

    /// Work that no category knows. Its tier follows its price.
    public static let other = ServiceCategory(code: "other", name: "recommended work", tier: nil)

    /// Whether the text holds the word with no letter before it: "tire" is in "4 tires", not in "entire".
    private static func holds(_ text: String, _ word: String) -> Bool {
        var rest = text[...]
        while let range = rest.firstRange(of: word) {
            if range.lowerBound == text.startIndex || !text[text.index(before: range.lowerBound)].isLetter { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
