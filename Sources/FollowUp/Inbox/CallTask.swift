/// A call that someone of the Fixed Ops team is to make.
public struct CallTask: Sendable, Equatable {
    public enum Outcome: String, Sendable, CaseIterable {
        case reached, booked
        case noAnswer = "no_answer"
        case wrongNumber = "wrong_number"
        /// Wants no more contact: an opt-out.
        case stop
    }

    public let touch: Touch.ID
    /// The rooftop's id.
    public let rooftop: String
    /// E.164.
    public let phone: String
    public let customer: String?
    public let roNumber: RepairOrder.Number
    public let talkingPoints: String
    public let queuedAt: Timestamp

    public init(
        touch: Touch.ID, rooftop: String, phone: String, customer: String?, roNumber: RepairOrder.Number, talkingPoints: String,
        queuedAt: Timestamp
    ) {
        self.touch = touch
        self.rooftop = rooftop
        self.phone = phone
        self.customer = customer
        self.roNumber = roNumber
        self.talkingPoints = talkingPoints
        self.queuedAt = queuedAt
    }
}
