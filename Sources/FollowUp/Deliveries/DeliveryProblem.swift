/// Why a provider didn't take or deliver a message, told apart by what follows from it.
public enum DeliveryProblem: String, Sendable, CaseIterable {
    /// The provider knows that the recipient said stop: the contact point opts out here as well.
    case optedOut = "opted_out"
    /// There is no such number or mailbox: nothing more goes to the address on this channel.
    case addressInvalid = "address_invalid"
    /// The number takes no texts, though it may be called.
    case landline
    /// The recipient's device or carrier refuses texts from anyone: no more texts, another channel may be used.
    case blocked
    /// Not reached this time: one later attempt, then another channel.
    case unreachable
    /// The carrier took it for spam: no further attempt, and a person is told.
    case filtered
    /// Anything else, for good.
    case other

    /// Whether a send that was refused for it may go by another channel at once.
    public var letsAnotherChannelTry: Bool {
        switch self {
        case .optedOut, .addressInvalid, .landline, .blocked: true
        case .unreachable, .filtered, .other: false
        }
    }
}
