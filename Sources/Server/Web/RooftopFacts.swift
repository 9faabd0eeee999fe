/// What a customer is told of a rooftop.
public struct RooftopFacts: Sendable, Equatable {
    public let id: String
    public let name: String
    /// As people write it or E.164; nil leaves it out.
    public let phone: String?

    public init(id: String, name: String, phone: String? = nil) {
        self.id = id
        self.name = name
        self.phone = phone
    }
}
