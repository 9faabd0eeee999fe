/// A decision not to send a touch now, with its reason, as the ledger records it.
public struct TouchDecision: Sendable, Equatable {
    public let touch: Touch.ID
    /// The generation that it was decided for; the decision is void when the touch has moved on.
    public let generation: Touch.Generation
    /// Never `.send`.
    public let verdict: Verdict
    public let decidedAt: Timestamp
    /// What a script did wrong on the way.
    public let scriptFailures: [ScriptFailure]
    /// What the rooftop's hooks were told and said; nil when they were not asked.
    public let hooks: HookRecord?

    public init(
        touch: Touch.ID, generation: Touch.Generation, verdict: Verdict, decidedAt: Timestamp,
        scriptFailures: [ScriptFailure] = [], hooks: HookRecord? = nil
    ) {
        self.touch = touch
        self.generation = generation
        self.verdict = verdict
        self.decidedAt = decidedAt
        self.scriptFailures = scriptFailures
        self.hooks = hooks
    }
}
