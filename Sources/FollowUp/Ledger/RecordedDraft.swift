/// A touch that was to be written, as the ledger kept it: what the hooks were told and said, and what came of it then.
public struct RecordedDraft: Sendable, Equatable {
    /// What was decided then.
    public enum Decided: Sendable, Equatable {
        case message(Message)
        /// Not sent, in the words of the verdict.
        case notSent(String)

        public var channel: ContactChannel? {
            switch self {
            case .message(let message): message.channel
            case .notSent: nil
            }
        }
    }

    /// Where a page of records ended.
    public struct Place: Sendable, Equatable {
        public let decidedAt: Timestamp
        public let touch: Touch.ID
        public let generation: Touch.Generation

        public init(decidedAt: Timestamp, touch: Touch.ID, generation: Touch.Generation) {
            self.decidedAt = decidedAt
            self.touch = touch
            self.generation = generation
        }
    }

    public let place: Place
    public let kind: TouchKind
    public let hooks: HookRecord
    public let decided: Decided
    /// What scripts did wrong then.
    public let failures: [ScriptFailure]

    public init(place: Place, kind: TouchKind, hooks: HookRecord, decided: Decided, failures: [ScriptFailure]) {
        self.place = place
        self.kind = kind
        self.hooks = hooks
        self.decided = decided
        self.failures = failures
    }

    public var touch: Touch.ID { place.touch }
    public var decidedAt: Timestamp { place.decidedAt }
}
