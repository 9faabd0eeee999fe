/// Who rooftops are, for pages and automatic answers, and which one a stranger's message belongs to.
public struct RooftopDirectory: Sendable {
    private let facts: [String: RooftopFacts]
    private let senders: [String: String]
    private let fallback: String

    /// - Parameters:
    ///   - facts: One for each rooftop.
    ///   - senders: Which rooftop's id a sending number (E.164) belongs to, where it has one of its own.
    ///   - fallback: The id that takes what nobody wrote to before and no sending number tells: an opt-out is never without a home.
    public init(_ facts: [RooftopFacts], senders: [String: String] = [:], fallback: String) {
        self.facts = Dictionary(facts.map { ($0.id, $0) }) { _, last in last }
        self.senders = senders
        self.fallback = fallback
    }

    /// Gives the facts of a rooftop; for an unknown one its id stands for its name.
    public func facts(of id: String) -> RooftopFacts { facts[id] ?? RooftopFacts(id: id, name: id) }

    /// Gives the id of the rooftop that a number writes for.
    func rooftop(sendingFrom number: String) -> String { senders[number] ?? fallback }

    /// The id for mail from a stranger.
    var rooftopOfStrangers: String { fallback }
}
