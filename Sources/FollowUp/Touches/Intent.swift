/// A decision to send, with the exact text. It is durable before the gateway sees it, and never rendered again.
public struct Intent: Sendable, Equatable {
    public let touch: Touch.ID
    public let kind: TouchKind
    /// The generation that the touch has once the intent is committed.
    public let generation: Touch.Generation
    /// The rooftop's id.
    public let rooftop: String
    /// E.164 for texts and calls, else the e-mail address.
    public let address: String
    public let message: Message
    public let decidedAt: Timestamp
    /// The first instant at which it must no longer be sent.
    public let notAfter: Timestamp
    /// Hexadecimal SHA-256 of the scripts that wrote it.
    public let bundleSHA256: String
    /// What a script did wrong, so that the standard wording or channel was used.
    public let scriptFailures: [ScriptFailure]
    /// What the rooftop's hooks were told and said; nil when nobody kept it.
    public let hooks: HookRecord?
    /// The path of the touch's booking link, the same in every attempt; nil when it leads nowhere, as in a preview.
    public let linkToken: String?
    /// When the touch fell due; nil when nobody asks. Nothing of it can have gone out before.
    public let dueAt: Timestamp?

    public init(
        touch: Touch.ID, kind: TouchKind, generation: Touch.Generation, rooftop: String, address: String, message: Message,
        decidedAt: Timestamp, notAfter: Timestamp, bundleSHA256: String, scriptFailures: [ScriptFailure] = [], hooks: HookRecord? = nil,
        linkToken: String? = nil, dueAt: Timestamp? = nil
    ) {
        self.touch = touch
        self.kind = kind
        self.generation = generation
        self.rooftop = rooftop
        self.address = address
        self.message = message
        self.decidedAt = decidedAt
        self.notAfter = notAfter
        self.bundleSHA256 = bundleSHA256
        self.scriptFailures = scriptFailures
        self.hooks = hooks
        self.linkToken = linkToken
        self.dueAt = dueAt
    }

    public var channel: ContactChannel { message.channel }

    /// Whom it goes to.
    public var contactPoint: ContactPoint {
        switch channel {
        case .sms, .call: .phone(address)
        case .email: .email(address)
        }
    }
}
