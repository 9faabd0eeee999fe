/// Finds channel and words of touches by a rooftop's scripts, with the standard wording behind them.
public protocol TouchWriter: Sendable {
    /// Hexadecimal SHA-256 of the scripts.
    var bundleSHA256: String { get }

    /// Gives a draft for each request, in order. Throws only for a defect of the host's own.
    func drafts(of requests: [DraftRequest]) async throws -> [Draft]
}

/// A touch to be written.
public struct DraftRequest: Sendable {
    public var facts: TouchFacts
    public var permissions: ChannelPermissions
    /// What scripts' random numbers start from: the same touch always gets the same.
    public var seed: UInt64

    public init(facts: TouchFacts, permissions: ChannelPermissions, seed: UInt64) {
        self.facts = facts
        self.permissions = permissions
        self.seed = seed
    }
}

/// What scripts and standard wording made of a touch.
public struct Draft: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case message(Message)
        /// The script left the touch out on purpose.
        case skipped(reason: String)
        /// No channel is permitted.
        case noChannel
    }

    public var content: Content
    public var failures: [ScriptFailure]
    /// What the hooks were told and said; nil from a writer that keeps no record.
    public var hooks: HookRecord?

    public init(content: Content, failures: [ScriptFailure] = [], hooks: HookRecord? = nil) {
        self.content = content
        self.failures = failures
        self.hooks = hooks
    }
}
