/// One declined item as the report counts it; the dates are local to its rooftop.
public struct ReportItem: Sendable, Equatable {
    public var rooftop: String
    /// The dealer group; nil for a rooftop on its own.
    public var group: String?
    public var tier: Tier
    public var declinedOn: LocalDate
    /// The estimate in cents; nil when none was given, which the report counts as 0 dollars.
    public var priceCents: Int?
    /// When the first touch was accepted.
    public var contactedOn: LocalDate?
    public var repliedOn: LocalDate?
    public var bookedOn: LocalDate?
    /// When a repair order here that did the work was closed; nil for work done elsewhere.
    public var closedOn: LocalDate?
    /// What that repair order brought; 0 while it isn't closed.
    public var recoveredCents: Int
    /// The last touch accepted before the close, and its channel.
    public var lastTouchKind: TouchKind?
    public var channel: ContactChannel?

    public init(
        rooftop: String, group: String? = nil, tier: Tier, declinedOn: LocalDate, priceCents: Int? = nil,
        contactedOn: LocalDate? = nil, repliedOn: LocalDate? = nil, bookedOn: LocalDate? = nil,
        closedOn: LocalDate? = nil, recoveredCents: Int = 0, lastTouchKind: TouchKind? = nil,
        channel: ContactChannel? = nil
    ) {
        self.rooftop = rooftop
        self.group = group
        self.tier = tier
        self.declinedOn = declinedOn
        self.priceCents = priceCents
        self.contactedOn = contactedOn
        self.repliedOn = repliedOn
        self.bookedOn = bookedOn
        self.closedOn = closedOn
        self.recoveredCents = recoveredCents
        self.lastTouchKind = lastTouchKind
        self.channel = channel
    }

    /// The date of a close that follow-up gets credit for: the item was contacted on an earlier date.
    public var recoveredOn: LocalDate? {
        guard let closedOn, let contactedOn, contactedOn < closedOn else { return nil }
        return closedOn
    }

    /// The cents that follow-up gets credit for.
    public var recoveredByFollowUpCents: Int { recoveredOn == nil ? 0 : recoveredCents }

    /// The item as it was known at the end of that day: later events are taken away; nil when it was declined later.
    func asKnown(on date: LocalDate) -> ReportItem? {
        guard declinedOn <= date else { return nil }
        var item = self
        if let contactedOn, contactedOn > date { item.contactedOn = nil }
        if let repliedOn, repliedOn > date { item.repliedOn = nil }
        if let bookedOn, bookedOn > date { item.bookedOn = nil }
        if let closedOn, closedOn > date {
            item.closedOn = nil
            item.recoveredCents = 0
        }
        return item
    }
}
