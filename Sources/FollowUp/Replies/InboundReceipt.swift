/// What became of something that a customer did, once it is durable.
public struct InboundReceipt: Sendable, Equatable {
    /// What the customer is told at once.
    public enum AutomaticAnswer: String, Sendable, CaseIterable {
        /// Once for each opt-out.
        case optedOut = "opted_out"
        case optedIn = "opted_in"
        case help
    }

    /// False when the provider told of it before: nothing was done again.
    public let isNew: Bool
    /// Nil for what isn't an answer in words.
    public let meaning: ReplyMeaning?
    public let conversation: Conversation.ID
    /// The same for a repeated telling, as its first answer may be lost.
    public let answer: AutomaticAnswer?

    public init(isNew: Bool, meaning: ReplyMeaning?, conversation: Conversation.ID, answer: AutomaticAnswer?) {
        self.isNew = isNew
        self.meaning = meaning
        self.conversation = conversation
        self.answer = answer
    }
}
