/// All that a customer and a rooftop said to each other, with the repair order beside it. A customer has one with a rooftop.
public struct Conversation: Sendable, Equatable {
    public struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }

        public static func < (left: ID, right: ID) -> Bool { left.number < right.number }

        /// "C12".
        public var description: String { "C\(number)" }
    }

    /// What it waits for.
    public enum State: String, Sendable, CaseIterable {
        /// The customer spoke last: the team's turn.
        case open
        /// The team answered.
        case answered
        case booked
        /// Nothing is left to say, as after an opt-out.
        case closed
    }

    public enum Words: Sendable, Equatable {
        /// A touch that was handed to a gateway.
        case touch(Touch.ID, Message, Touch.State)
        /// The customer's own words, with what they were taken for.
        case reply(String, ReplyMeaning)
        case booking
        case callRequest
        /// Pressed "stop these messages".
        case optOut
        /// The team's answer and what became of it.
        case answer(String, by: String, TeamAnswer.State)
    }

    public struct Entry: Sendable, Equatable {
        public let at: Timestamp
        public let words: Words

        public init(at: Timestamp, words: Words) {
            self.at = at
            self.words = words
        }
    }

    public let id: ID
    /// The rooftop's id.
    public let rooftop: String
    public let state: State
    /// Nothing goes to the customer until a person has looked: their words may have meant stop.
    public let isHeld: Bool
    public let customer: Customer
    public let changedAt: Timestamp
    /// Of the newest follow-up; nil when a stranger wrote.
    public let roNumber: RepairOrder.Number?
    public let closedOn: LocalDate?
    public let vehicle: Vehicle
    /// Plain names of the declined work.
    public let items: [String]
    /// Oldest first. In a list of conversations the last words only.
    public let entries: [Entry]

    public init(
        id: ID, rooftop: String, state: State, isHeld: Bool, customer: Customer, changedAt: Timestamp, roNumber: RepairOrder.Number?,
        closedOn: LocalDate?, vehicle: Vehicle, items: [String], entries: [Entry]
    ) {
        self.id = id
        self.rooftop = rooftop
        self.state = state
        self.isHeld = isHeld
        self.customer = customer
        self.changedAt = changedAt
        self.roNumber = roNumber
        self.closedOn = closedOn
        self.vehicle = vehicle
        self.items = items
        self.entries = entries
    }
}
