/// A kind of work, with what the cadence, the wording and the report need to know of it.
public struct ServiceCategory: Sendable, Hashable {
    /// The code of work that no category knows.
    public static let otherCode = "other"

    /// "brakes_rear". Several entries of a catalogue may share a code and differ in name ("front struts").
    public var code: String
    /// Plain words in lower case, as a sentence to the customer uses them: "rear brake pads and rotors".
    public var name: String
    /// Nil where the price of the item decides.
    public var tier: Tier?
    /// Whether leaving the work undone bears on steering, stopping or being seen.
    public var isSafety: Bool
    /// The seasons that the work prepares a car for.
    public var seasons: Set<Season>
    /// Op codes that mean this work, compared without case.
    public var opCodes: [String]
    /// Phrases that mean this work when all their words stand in a description, in any order: "front brake".
    public var words: [String]
    /// Codes of other work that is done too when this is: four tires cover two rear tires.
    public var covers: Set<String>

    public init(
        code: String, name: String, tier: Tier?, isSafety: Bool = false, seasons: Set<Season> = [],
        opCodes: [String] = [], words: [String] = [], covers: Set<String> = []
    ) {
        self.code = code
        self.name = name
        self.tier = tier
        self.isSafety = isSafety
        self.seasons = seasons
        self.opCodes = opCodes
        self.words = words
        self.covers = covers
    }

    /// Tells whether doing this work does that work: the same code, or one that it covers; "other" never does.
    public func does(_ work: ServiceCategory) -> Bool {
        code != Self.otherCode && (code == work.code || covers.contains(work.code))
    }

    /// Tells whether the work is worth a touch before that season: safety work before any, other work before its own.
    public func matters(before season: Season) -> Bool {
        isSafety || seasons.contains(season)
    }
}
