/// An answer that the Fixed Ops team gives to a customer, in its own words.
public struct TeamAnswer: Sendable, Equatable {
    public struct ID: Hashable, Sendable, CustomStringConvertible {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }

        public var description: String { "A\(number)" }
    }

    public enum State: String, Sendable, CaseIterable {
        /// Durable, to be handed over soon.
        case waiting
        case sending, accepted, rejected, uncertain
    }

    public let id: ID
    public let conversation: Conversation.ID
    /// The rooftop's id.
    public let rooftop: String
    /// Where the customer wrote last.
    public let to: ContactPoint
    public let text: String
    /// Message-ID or the like of what it answers.
    public let inReplyTo: String?

    public init(id: ID, conversation: Conversation.ID, rooftop: String, to: ContactPoint, text: String, inReplyTo: String?) {
        self.id = id
        self.conversation = conversation
        self.rooftop = rooftop
        self.to = to
        self.text = text
        self.inReplyTo = inReplyTo
    }
}
