/// A kind of service work: what a customer calls it, what it costs, and what speaks for doing it.
public struct ServiceCategory: Sendable, Equatable {
    /// "brakes_rear"; scripts and the report use it.
    public var code: String
    /// In plain words, lower case: "rear brake pads and rotors".
    public var name: String
    /// Nil when the price decides.
    public var tier: Tier?
    public var isSafety: Bool
    /// The seasons that the work prepares for.
    public var seasons: Set<Season>
    /// In capitals.
    public var opCodes: [String]
    /// Words that a description of this work holds, lower case; of two categories the one with the longer match is taken.
    public var words: [String]

    public init(
        code: String, name: String, tier: Tier?, isSafety: Bool = false, seasons: Set<Season> = [],
        opCodes: [String] = [], words: [String] = []
    ) {
        self.code = code
        self.name = name
        self.tier = tier
        self.isSafety = isSafety
        self.seasons = seasons
        self.opCodes = opCodes
        self.words = words
    }

    /// The tier of one item of this category.
    public func tier(priceCents: Int?) -> Tier { tier ?? Tier(priceCents: priceCents) }
}
