/// A touch that a gateway was given, with what is known of it.
public struct SentTouch: Sendable, Equatable {
    public let kind: TouchKind
    public let channel: ContactChannel
    public let state: Touch.State
    public let sentAt: Timestamp

    public init(kind: TouchKind, channel: ContactChannel, state: Touch.State, sentAt: Timestamp) {
        self.kind = kind
        self.channel = channel
        self.state = state
        self.sentAt = sentAt
    }
}
