public import FollowUp

/// Watches what a simulation sends and says which promise is broken. It looks at messages, export and replies alone, and asks none of
/// the rules that decided.
public struct PromiseWatch {
    private static let spacingSeconds: Int64 = 72 * 3600
    private static let capSeconds: Int64 = 30 * 86_400

    /// In words, with the touch; empty while all is well.
    public private(set) var broken: [String] = []
    private let rooftops: [String: Rooftop]
    private var orders: [String: [RepairOrder]] = [:]
    private var seen: Set<Touch.ID> = []
    private var sentAt: [String: [Timestamp]] = [:]
    private var optOuts: [ContactPoint: Timestamp] = [:]

    public init(_ participants: [Simulation.Participant]) {
        rooftops = Dictionary(participants.map { ($0.rooftop.id, $0.rooftop) }) { first, _ in first }
        for participant in participants {
            for order in participant.orders {
                for address in [order.customer.phone, order.customer.email].compactMap({ $0 }) {
                    orders[Self.key(participant.rooftop.id, address), default: []].append(order)
                }
            }
        }
    }

    /// How many messages were looked at.
    public var messageCount: Int { seen.count }

    /// Events and messages may be noted in any order among each other.
    public mutating func note(_ event: Simulation.Event) {
        guard case .replied(_, let words, _, let from, let at) = event, ReplyMeaning(of: words) == .optOut else { return }
        optOuts[from] = min(at, optOuts[from] ?? at)
    }

    public mutating func note(_ intent: Intent) {
        guard let rooftop = rooftops[intent.rooftop] else { return note(false, "0: a rooftop of the simulation", intent) }
        let mine = orders[Self.key(intent.rooftop, intent.address)] ?? []
        note(seen.insert(intent.touch).inserted, "4: sent once", intent)
        noteDays(intent, rooftop, mine)
        noteRate(intent)
        notePermission(intent, mine)
        noteHours(intent, rooftop)
        noteWords(intent, rooftop, mine)
    }

    private mutating func note(_ holds: Bool, _ promise: String, _ intent: Intent) {
        guard !holds else { return }
        broken.append("promise \(promise): \(intent.rooftop) touch \(intent.touch), \(intent.kind) by \(intent.channel) at \(intent.decidedAt)")
    }

    private mutating func noteDays(_ intent: Intent, _ rooftop: Rooftop, _ mine: [RepairOrder]) {
        let today = rooftop.zone.localDate(at: intent.decidedAt)
        let isSoon = mine.contains { (0..<ContactPolicy.firstDayAfterVisit).contains(today - $0.closedOn) && today - $0.closedOn > 0 }
        note(!isSoon, "1: not on day 0 or 1", intent)
        let shifts = mine.map { today - ($0.closedOn + intent.kind.day) }
        note(shifts.contains { (0...intent.kind.graceDays).contains($0) }, "9: neither early nor stale", intent)
    }

    private mutating func noteRate(_ intent: Intent) {
        let earlier = sentAt[intent.address] ?? []
        note(!earlier.contains { intent.decidedAt - $0 < Self.spacingSeconds }, "1: 72 hours between two touches", intent)
        note(earlier.count { intent.decidedAt - $0 < Self.capSeconds } < 3, "1: at most 3 touches in 30 days", intent)
        sentAt[intent.address, default: []].append(intent.decidedAt)
    }

    private mutating func notePermission(_ intent: Intent, _ mine: [RepairOrder]) {
        note(optOuts[intent.contactPoint].map { intent.decidedAt < $0 } ?? true, "2: nothing after an opt-out", intent)
        switch intent.channel {
        case .sms: note(mine.contains { $0.customer.textOK == true }, "2: texts only with consent", intent)
        case .email: note(mine.contains { $0.customer.emailOK != false }, "2: no e-mail to those who refused it", intent)
        case .call: break
        }
    }

    private mutating func noteHours(_ intent: Intent, _ rooftop: Rooftop) {
        let here = rooftop.zone.local(at: intent.decidedAt)
        let window = rooftop.hours.hours[here.date.weekday]
        note(window?.contains(here.time) == true && !rooftop.hours.closedDates.contains(here.date), "3: within the rooftop's hours", intent)
        guard intent.address.hasPrefix("+") else { return }
        for place in RecipientLocation(phone: intent.address, rooftop: rooftop.hours.place).candidates {
            let minute = place.zone.localTime(at: intent.decidedAt).minutesSinceMidnight
            // Canada's rule ends at 21:30.
            let latest = place.country == .canada ? 21 * 60 + 30 : 21 * 60
            note((8 * 60..<latest).contains(minute), "3: within the recipient's hours in \(place.zone)", intent)
        }
    }

    private mutating func noteWords(_ intent: Intent, _ rooftop: Rooftop, _ mine: [RepairOrder]) {
        let words = intent.message.words
        let visits = mine.map { String($0.closedOn.words.drop { $0 != "," }.dropFirst(2)) }
        note(visits.contains { words.contains($0) } || mine.contains { words.contains("\($0.closedOn.month)/\($0.closedOn.day)") }, "7: names the visit", intent)
        note(!words.split { !$0.isLetter }.contains("nil") && !words.contains("{"), "7: nothing unfilled", intent)
        if intent.channel == .sms { note(words.contains("STOP"), "7: carries the opt-out words", intent) }
    }

    private static func key(_ rooftop: String, _ address: String) -> String { "\(rooftop)\0\(address)" }
}
