public import FollowUp
public import Lua

/// A rooftop's `channel.lua` and `message.lua` at work: the touch writer that dispatcher, simulation and preview share.
///
/// They run on a pool's threads, so that a slow script holds up its own rooftop and nobody else.
public struct RooftopScripts: TouchWriter {
    public let bundleSHA256: String
    private let pool: SandboxPool
    private let key: SandboxPool.Key
    private let load: @Sendable (Machine) throws -> Messenger

    /// Loads the bundle. Throws `ScriptError` or `LimitExceeded` when a file doesn't load.
    public init(
        rooftop: String, bundle: ScriptBundle, bundleSHA256: String, pool: SandboxPool, limits: HookLimits = HookLimits()
    ) async throws {
        self.bundleSHA256 = bundleSHA256
        self.pool = pool
        key = SandboxPool.Key(rooftop: rooftop, version: bundleSHA256)
        load = { try Messenger(bundle: bundle, on: $0, limits: limits) }
        try await pool.run(key, loading: load) { _ in }
    }

    public func drafts(of requests: [DraftRequest]) async throws -> [Draft] {
        try await pool.map(requests, key, loading: load) { try $1.draft(of: $0, bundleSHA256: bundleSHA256) }
    }
}
