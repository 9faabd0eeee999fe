/// Keeps what providers say of messages after they were handed over. Each call is one transaction.
public protocol DeliveryLedger: Sendable {
    /// Takes a provider's report; a repeated one, and one that comes after a later state, changes nothing. False when it fits no touch.
    @discardableResult
    func record(_ report: DeliveryReport) async throws -> Bool

    /// Gives sends of unknown outcome whose next look is due, the longest waiting first.
    func uncertainSends(at now: Timestamp, limit: Int) async throws -> [UncertainSend]

    /// Records a look for a send of unknown outcome: found, or looked for once more, or parked after the last look.
    func record(_ answer: LookupAnswer, of send: UncertainSend, at now: Timestamp) async throws

    /// Touches whose intents were committed, whose time is over and of which nobody recorded a result become uncertain. Gives how many.
    func giveUpUnsettled(at now: Timestamp) async throws -> Int

    /// A person's word on a parked touch: it counts as sent, or as not sent; it isn't sent again either way. False when it isn't parked.
    func settleParked(_ touch: Touch.ID, wasSent: Bool, at now: Timestamp) async throws -> Bool

    /// Channels on which nothing goes out until a person has mended something, each with the reason.
    func halts() async throws -> [ChannelHalt]

    /// Gives what waits for a person, and what went wrong since an instant.
    func standing(since: Timestamp) async throws -> DeliveryStanding

    /// A person's word that a channel works again; false when it wasn't halted.
    func resume(_ channel: ContactChannel, at now: Timestamp) async throws -> Bool
}

/// Nothing goes out on a channel until a person has mended something.
public struct ChannelHalt: Sendable, Equatable {
    public let channel: ContactChannel
    public let since: Timestamp
    /// In the provider's words, without personal data.
    public let reason: String

    public init(channel: ContactChannel, since: Timestamp, reason: String) {
        self.channel = channel
        self.since = since
        self.reason = reason
    }
}
