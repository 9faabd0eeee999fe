public import FollowUp

/// Sends nothing: shows each message as a line instead, and calls it accepted.
public struct ConsoleGateway: Gateway {
    private let show: @Sendable (Intent) -> Void

    public init(show: @escaping @Sendable (Intent) -> Void) {
        self.show = show
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        show(intent)
        return .accepted(providerID: "console-\(intent.touch.number)-\(intent.generation)")
    }
}
