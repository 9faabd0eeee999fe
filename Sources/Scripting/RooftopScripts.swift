public import FollowUp
public import Lua

/// A rooftop's `channel.lua` and `message.lua` at work: the touch writer that dispatcher, simulation and preview share.
public actor RooftopScripts: TouchWriter {
    public nonisolated let bundleSHA256: String
    private let messenger: Messenger

    /// Loads the bundle. Throws `ScriptError` or `LimitExceeded` when a file doesn't load.
    public init(bundle: ScriptBundle, bundleSHA256: String, limits: Limits = Limits()) throws {
        self.bundleSHA256 = bundleSHA256
        messenger = try Messenger(bundle: bundle, limits: limits)
    }

    public func drafts(of requests: [DraftRequest]) throws -> [Draft] {
        try requests.map { try draft(of: $0) }
    }

    private func draft(of request: DraftRequest) throws -> Draft {
        let wish = messenger.wish(for: request.facts, permissions: request.permissions, seed: request.seed)
        let failures = [wish.failure].compactMap { $0 }
        if let reason = wish.skipped { return Draft(content: .skipped(reason: reason), failures: failures) }
        guard let channel = request.permissions.channel(wished: wish.channel) else { return Draft(content: .noChannel, failures: failures) }
        switch try messenger.write(request.facts, on: channel, seed: request.seed) {
        case .message(let message, let failure):
            return Draft(content: .message(message), failures: failures + [failure].compactMap { $0 })
        case .skipped(let reason): return Draft(content: .skipped(reason: reason), failures: failures)
        }
    }
}
