/// Everything that the contact policy looks at for one touch, gathered by the caller at one instant.
public struct DueTouch: Sendable {
    public var touch: PlannedTouch
    /// The rooftop's zone, in which days are counted.
    public var zone: Zone
    /// The newest visit of the customer, whether or not anything was declined on it.
    public var latestVisitOn: LocalDate
    public var permissions: ChannelPermissions
    /// The channel that a script asks for.
    public var wishedChannel: ContactChannel?
    /// When touches were sent to any of the customer's contact points (phone or e-mail), in any order, for any item,
    /// visit or rooftop. A send of unknown outcome belongs here too; the last 30 days suffice.
    public var sentAt: [Timestamp]
    public var window: ContactWindow
    /// Other touches for the same contact that aren't sent yet; only those due by now matter.
    public var others: [PlannedTouch]
    /// Why the enrollment has ended; nil while it runs.
    public var ended: EnrollmentEnd?
    /// An answer that may mean stop waits for a person.
    public var isHeld: Bool

    public init(
        touch: PlannedTouch, zone: Zone, latestVisitOn: LocalDate, permissions: ChannelPermissions,
        wishedChannel: ContactChannel? = nil, sentAt: [Timestamp] = [], window: ContactWindow,
        others: [PlannedTouch] = [], ended: EnrollmentEnd? = nil, isHeld: Bool = false
    ) {
        self.touch = touch
        self.zone = zone
        self.latestVisitOn = latestVisitOn
        self.permissions = permissions
        self.wishedChannel = wishedChannel
        self.sentAt = sentAt
        self.window = window
        self.others = others
        self.ended = ended
        self.isHeld = isHeld
    }
}
