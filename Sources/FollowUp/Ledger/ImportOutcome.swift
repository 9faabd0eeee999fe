/// What a published import changed, in numbers of records; every staged repair order is in exactly one of the first five.
public struct ImportOutcome: Sendable, Equatable {
    /// Closed repair orders whose number the rooftop did not have.
    public var new: Int
    /// Records that replaced another one and left the repair order closed, or voided as it was.
    public var revised: Int
    /// Records equal to what stood, the source aside.
    public var unchanged: Int
    /// Records that a newer revision or a void kept out.
    public var olderIgnored: Int
    /// Voids of a repair order that stood, or that has not arrived yet.
    public var voided: Int
    /// Rows put aside.
    public var quarantined: Int

    public init(
        new: Int = 0, revised: Int = 0, unchanged: Int = 0, olderIgnored: Int = 0, voided: Int = 0, quarantined: Int = 0
    ) {
        self.new = new
        self.revised = revised
        self.unchanged = unchanged
        self.olderIgnored = olderIgnored
        self.voided = voided
        self.quarantined = quarantined
    }
}
