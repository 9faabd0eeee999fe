/// How far declined items came: declined, contacted, replied, booked, closed by follow-up.
///
/// The first four stages count estimates, the last what repair orders brought. A stage doesn't imply the one before: a
/// customer who drives in after a text is closed without having replied or booked.
public struct Funnel: Sendable, Hashable {
    public let declined: ItemCount
    public let contacted: ItemCount
    public let replied: ItemCount
    public let booked: ItemCount
    public let closed: ItemCount

    public init(_ items: [ReportItem]) {
        func estimates(_ stage: (ReportItem) -> Bool) -> ItemCount {
            ItemCount(items.filter(stage)) { $0.priceCents ?? 0 }
        }
        declined = estimates { _ in true }
        contacted = estimates { $0.contactedOn != nil }
        replied = estimates { $0.repliedOn != nil }
        booked = estimates { $0.bookedOn != nil }
        closed = ItemCount(items.filter { $0.recoveredOn != nil }) { $0.recoveredByFollowUpCents }
    }
}
