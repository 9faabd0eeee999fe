internal import FollowUp

/// What invented customers do with a touch, drawn from a seed: most do nothing.
struct SimulatedCustomers: Sendable {
    /// Chances of a thousand, for each touch.
    static let optOut = 25
    static let reply = 70
    static let booking = 110
    /// Of a thousand bookings and replies, how many end in a visit that does the work.
    static let visitAfterBooking = 850
    static let visitAfterReply = 450
    /// Of a thousand visits with declined work, how many customers come back without having been asked.
    static let visitUnasked = 40

    private static let replies = [
        "Can you do Friday morning?", "What would that cost?", "I can come in next week", "Is it safe to drive until then?",
        "yes please, what times do you have?",
    ]
    private static let refusals = ["STOP", "Please stop texting me", "stop", "take me off your list"]

    enum Answer: Sendable, Equatable {
        case words(String)
        case booking
    }

    struct Reaction: Sendable {
        /// What the customer answers after `afterSeconds`.
        var answer: (Answer, afterSeconds: Int64)?
        /// The customer comes in on that day after the answer.
        var visitAfterDays: Int?
    }

    let seed: UInt64

    func reaction(to touch: Touch.ID) -> Reaction {
        var random = SeededRandom(seed: seed, stream: UInt64(bitPattern: touch.number))
        let draw = Int.random(in: 0..<1000, using: &random)
        let delay = Int64.random(in: 120...28 * 3600, using: &random)
        let days = Int.random(in: 2...9, using: &random)
        if draw < Self.optOut {
            return Reaction(answer: (.words(Self.refusals.randomElement(using: &random) ?? "STOP"), delay))
        }
        if draw < Self.optOut + Self.reply {
            let words = Self.replies.randomElement(using: &random) ?? "yes"
            return Reaction(answer: (.words(words), delay), visitAfterDays: random.chance(Self.visitAfterReply) ? days : nil)
        }
        if draw < Self.optOut + Self.reply + Self.booking {
            return Reaction(answer: (.booking, delay), visitAfterDays: random.chance(Self.visitAfterBooking) ? days : nil)
        }
        return Reaction()
    }

    /// The day after the visit on which the customer comes back of his own accord; nil for most.
    func unaskedVisit(after order: RepairOrder) -> Int? {
        var random = SeededRandom(seed: seed, stream: Self.stream(of: order))
        return random.chance(Self.visitUnasked) ? Int.random(in: 4...40, using: &random) : nil
    }

    /// The repair order of a visit that does most of what was declined.
    func closing(_ order: RepairOrder, on date: LocalDate) -> RepairOrder {
        var random = SeededRandom(seed: seed &+ 1, stream: Self.stream(of: order))
        let performed = order.declined.enumerated().compactMap { place, item -> PerformedWork? in
            guard place == 0 || random.chance(750) else { return nil }
            let price = item.priceCents.map { $0 * Int.random(in: 92...104, using: &random) / 100 }
            return PerformedWork(opCode: item.opCode ?? "MISC", description: item.description, priceCents: price)
        }
        return RepairOrder(
            roNumber: RepairOrder.Number("\(order.roNumber)-V\(date - order.closedOn)"), closedOn: date,
            mileage: order.mileage.map { $0 + 30 * max(0, date - order.closedOn) }, customer: order.customer,
            vehicle: order.vehicle, performed: performed)
    }

    private static func stream(of order: RepairOrder) -> UInt64 {
        order.roNumber.text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
