public import Lua

/// What each kind of hook may use. The host sets them; a script can't.
public struct HookLimits: Sendable {
    /// Loading a rooftop's files, which runs them once.
    public var loading = Limits()
    /// One repair order's rows.
    public var mapping = Limits()
    /// The choice of a touch's channel.
    public var channel = Limits()
    /// The words of a touch.
    public var message = Limits()

    public init() {}

    /// The same for every kind.
    public init(all limits: Limits) {
        loading = limits
        mapping = limits
        channel = limits
        message = limits
    }
}
