public import FollowUp
public import Lua

/// A rooftop's `channel.lua` and `message.lua` at work: the touch writer that dispatcher, simulation and preview share.
///
/// They run on a thread of their own, so that a slow script holds up its own rooftop and nobody else.
public actor RooftopScripts: TouchWriter {
    public nonisolated let bundleSHA256: String
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    private let thread = SandboxThread()
    private var messenger: Messenger?

    /// Loads the bundle. Throws `ScriptError` or `LimitExceeded` when a file doesn't load.
    public init(bundle: ScriptBundle, bundleSHA256: String, limits: Limits = Limits()) async throws {
        self.bundleSHA256 = bundleSHA256
        messenger = nil
        // From here on this runs on the thread, where the machine is to stay.
        messenger = try Messenger(bundle: bundle, limits: limits)
    }

    public func drafts(of requests: [DraftRequest]) throws -> [Draft] {
        guard let messenger else { preconditionFailure("scripts are used before they are loaded") }
        return try requests.map { try Self.draft(of: $0, by: messenger) }
    }

    private static func draft(of request: DraftRequest, by messenger: Messenger) throws -> Draft {
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
