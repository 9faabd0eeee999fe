public import FollowUp

/// What customers do in a simulation, written down: replies, bookings, visits and outages.
public struct Scenario: Sendable {
    /// When something happens.
    public enum Moment: Sendable {
        /// That long after the touch of the kind was sent for the repair order; never if it wasn't.
        case after(TouchKind, minutes: Int)
        /// In the rooftop's zone.
        case at(LocalDate, LocalTime)
    }

    public enum Act: Sendable {
        case reply(String)
        case booking
        /// The customer comes in, and that work is done.
        case visit(opCodes: [String])
    }

    public struct Step: Sendable {
        public let roNumber: RepairOrder.Number
        public let moment: Moment
        public let act: Act

        public init(roNumber: RepairOrder.Number, moment: Moment, act: Act) {
            self.roNumber = roNumber
            self.moment = moment
            self.act = act
        }
    }

    public var steps: [Step]
    /// While nothing runs, in the first rooftop's zone.
    public var outages: [(from: (LocalDate, LocalTime), until: (LocalDate, LocalTime))]

    public init(steps: [Step] = [], outages: [(from: (LocalDate, LocalTime), until: (LocalDate, LocalTime))] = []) {
        self.steps = steps
        self.outages = outages
    }
}
