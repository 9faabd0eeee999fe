public import FollowUp

/// Stores what came by e-mail: answers in their conversation, bounces with their touch, complaints as opt-outs.
public struct MailDesk: Sendable {
    private let inbox: any InboxLedger
    private let links: any LinkLedger
    private let deliveries: any DeliveryLedger
    private let gate: SendGate
    private let rooftops: @Sendable () -> RooftopDirectory

    public init(
        inbox: any InboxLedger, links: any LinkLedger, deliveries: any DeliveryLedger, gate: SendGate,
        rooftops: @escaping @Sendable () -> RooftopDirectory
    ) {
        self.inbox = inbox
        self.links = links
        self.deliveries = deliveries
        self.gate = gate
        self.rooftops = rooftops
    }

    /// Durable when it returns, and taken once however often it comes. Throws what the ledger throws.
    public func take(_ reply: MailReply, at now: Timestamp) async throws {
        let link: BookingLink? = if let token = reply.token { try await links.bookingLink(token: token, at: now) } else { nil }
        let writer = ContactPoint.email(reply.from.lowercased())
        // The token tells better than the sender's address whom a reply speaks for: we wrote to that one ourselves.
        let point: ContactPoint = if case .email? = link?.customer { link?.customer ?? writer } else { writer }
        let known: String? = if let link { link.rooftop } else { try await inbox.rooftop(lastWritingTo: point) }
        let inbound = Inbound(
            rooftop: known ?? rooftops().rooftopOfStrangers, from: point, kind: .reply(reply.text), at: now, providerID: reply.providerID,
            touch: link?.touch)
        let receipt = try await inbox.record(inbound)
        await gate.quiet(after: receipt.meaning, of: point.address)
    }

    /// Someone who calls a message spam wants no other one: it counts as an opt-out. Of a message that isn't known nothing follows.
    public func takeComplaint(token: String, providerID: String, at now: Timestamp) async throws {
        guard let link = try await links.bookingLink(token: token, at: now) else { return }
        try await inbox.record(
            Inbound(rooftop: link.rooftop, from: link.customer, kind: .optOut, at: now, providerID: providerID, touch: link.touch))
        await gate.quiet(link.customer.address)
    }

    public func take(_ report: DeliveryReport) async throws {
        try await deliveries.record(report)
    }
}
