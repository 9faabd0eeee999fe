/// Keeps where booking links lead.
public protocol LinkLedger: Sendable {
    /// Gives where a link leads; nil alike for an unknown one and for one whose days are over.
    func bookingLink(token: String, at now: Timestamp) async throws -> BookingLink?

    /// Counts that a link was opened.
    func count(_ visitor: LinkVisitor, token: String, at now: Timestamp) async throws
}
