import FollowUp

/// What becomes of touches, contact points and follow-ups, written down plainly from the table of states: no database, no SQL.
///
/// One contact point has one follow-up of a few touches.
struct LedgerModel {
    struct Attempt {
        var intendedAt: Timestamp
        var notAfter: Timestamp
        var looks = 0
        var lookAt: Timestamp?
        /// What the provider said of it, in the order told.
        var reports: [Touch.State] = []
    }

    struct ModelTouch {
        var state = Touch.State.planned
        /// The attempt of generation 1 first.
        var attempts: [Attempt] = []
        var sentAt: Timestamp?
        let contact: Int
        let isLast: Bool

        var generation: Int { attempts.count }
        var isKnownToTheProvider: Bool { attempts.contains { !$0.reports.isEmpty } }
    }

    struct Contact {
        var times: [Timestamp] = []
        var hasOptedOut = false
        var isHeld = false
        var hasEnded = false

        func isFree(at now: Timestamp) -> Bool {
            guard !hasOptedOut, !isHeld, !hasEnded else { return false }
            if let latest = times.last, now < latest + ContactPolicy.spacingSeconds { return false }
            return times.filter { now < $0 + ContactPolicy.capPeriodSeconds }.count < ContactPolicy.sendsPerCapPeriod
        }
    }

    private(set) var touches: [Touch.ID: ModelTouch]
    private(set) var contacts: [Contact]

    init(contacts count: Int, touches: [(id: Touch.ID, contact: Int, isLast: Bool)]) {
        contacts = Array(repeating: Contact(), count: count)
        self.touches = Dictionary(uniqueKeysWithValues: touches.map { ($0.id, ModelTouch(contact: $0.contact, isLast: $0.isLast)) })
    }

    private subscript(_ id: Touch.ID) -> ModelTouch {
        get { touches[id]! }
        set { touches[id] = newValue }
    }

    mutating func commit(_ id: Touch.ID, notAfter: Timestamp, at now: Timestamp) -> Bool {
        guard self[id].state == .planned, contacts[self[id].contact].isFree(at: now) else { return false }
        count(now, for: self[id].contact)
        self[id].state = .sending
        self[id].sentAt = now
        self[id].attempts.append(Attempt(intendedAt: now, notAfter: notAfter))
        return true
    }

    mutating func settle(_ id: Touch.ID, _ generation: Int, _ outcome: SendOutcome, at now: Timestamp) {
        let touch = self[id]
        guard generation == touch.generation else { return }
        if case .accepted = outcome {
            guard [.sending, .uncertain, .parked].contains(touch.state) else { return }
            self[id].attempts[generation - 1].lookAt = nil
            return finish(id, .accepted)
        }
        guard touch.state == .sending else { return }
        if case .rejected(.optedOut, _) = outcome { optOut(touch.contact, sparing: id) }
        // The provider has an earlier attempt after all: that is what came of the touch.
        let earlier = touch.attempts.dropLast()
        if let place = earlier.lastIndex(where: { !$0.reports.isEmpty }) {
            let told = earlier.flatMap(\.reports)
            let state = told.first { $0 != .accepted } ?? .accepted
            let counted = state == .accepted ? earlier.firstIndex { $0.reports.contains(.accepted) } ?? place : earlier.firstIndex { $0.reports.contains(state) } ?? place
            if case .uncertain = outcome {} else {
                release(touch.attempts[generation - 1].intendedAt, for: touch.contact)
                count(touch.attempts[counted].intendedAt, for: touch.contact)
            }
            self[id].sentAt = touch.attempts[counted].intendedAt
            return finish(id, state)
        }
        switch outcome {
        case .accepted: break
        case .uncertain:
            self[id].attempts[generation - 1].lookAt = now + LookupRule.lookSeconds[0]
            finish(id, .uncertain)
        case .notAccepted, .halted: planAgain(id, generation)
        case .rejected(let problem, _):
            guard !problem.letsAnotherChannelTry else { return planAgain(id, generation) }
            release(touch.attempts[generation - 1].intendedAt, for: touch.contact)
            finish(id, .rejected)
        }
    }

    mutating func report(_ id: Touch.ID, _ generation: Int, _ status: DeliveryReport.Status) {
        let (state, problem): (Touch.State, DeliveryProblem?) = switch status {
        case .accepted: (.accepted, nil)
        case .delivered: (.delivered, nil)
        case .undelivered(let problem): (.undelivered, problem)
        case .failed(let problem): (.failed, problem)
        }
        let touch = self[id]
        let attempt = touch.attempts[generation - 1]
        guard !attempt.reports.contains(state) else { return }
        self[id].attempts[generation - 1].reports.append(state)
        var takes = false
        switch touch.state {
        case .uncertain, .parked: takes = true
        case .sending: takes = generation == touch.generation
        case .accepted: takes = state != .accepted
        case .planned, .suppressed, .expired, .superseded, .rejected:
            takes = true
            count(attempt.intendedAt, for: touch.contact)
        case .delivered, .undelivered, .failed: break
        }
        if takes {
            self[id].attempts[generation - 1].lookAt = nil
            self[id].sentAt = touch.sentAt ?? attempt.intendedAt
            if touch.state == .accepted { self[id].state = state } else { finish(id, state) }
        }
        if problem == .optedOut { optOut(touch.contact, sparing: nil) }
    }

    /// Those that are due for a look, with the looks made.
    func looks(at now: Timestamp) -> [Touch.ID: Int] {
        touches.compactMapValues { touch in
            guard touch.state == .uncertain, let attempt = touch.attempts.last, let lookAt = attempt.lookAt, lookAt <= now else { return nil }
            return attempt.looks
        }
    }

    mutating func notFound(_ id: Touch.ID, at now: Timestamp) {
        let place = self[id].generation - 1
        self[id].attempts[place].looks += 1
        let attempt = self[id].attempts[place]
        self[id].attempts[place].lookAt = attempt.looks < 6 ? max(now + 60, attempt.intendedAt + LookupRule.lookSeconds[attempt.looks]) : nil
        if attempt.looks == 6 { self[id].state = .parked }
    }

    /// Gives how many.
    mutating func giveUp(at now: Timestamp) -> Int {
        let over = touches.filter { $0.value.state == .sending && ($0.value.attempts.last?.notAfter ?? now) <= now }.keys.sorted()
        for id in over { settle(id, self[id].generation, .uncertain(reason: "stopped"), at: now) }
        return over.count
    }

    mutating func optOut(_ contact: Int) { optOut(contact, sparing: nil) }

    mutating func reply(_ contact: Int, at now: Timestamp) {
        let isAnswer = !contacts[contact].hasEnded
            || touches.values.contains { $0.contact == contact && ($0.sentAt.map { $0 > now - 60 * Timestamp.secondsPerDay } ?? false) }
        guard isAnswer else { return }
        end(contact)
    }

    mutating func hold(_ contact: Int) { contacts[contact].isHeld = true }

    private mutating func optOut(_ contact: Int, sparing id: Touch.ID?) {
        contacts[contact].hasOptedOut = true
        contacts[contact].isHeld = false
        guard !contacts[contact].hasEnded else { return }
        // A refusal that another channel might mend is planned again first, and so ends with the rest.
        if let id { self[id].state = .planned }
        end(contact)
        if let id { self[id].state = .sending }
        spared = id
    }

    /// Ended in the same transaction in which it was planned again.
    private var spared: Touch.ID?

    private mutating func end(_ contact: Int) {
        contacts[contact].hasEnded = true
        for (id, touch) in touches where touch.contact == contact && touch.state == .planned { self[id].state = .suppressed }
    }

    private mutating func planAgain(_ id: Touch.ID, _ generation: Int) {
        release(self[id].attempts[generation - 1].intendedAt, for: self[id].contact)
        self[id].state = spared == id ? .suppressed : .planned
        self[id].sentAt = nil
        spared = nil
    }

    private mutating func finish(_ id: Touch.ID, _ state: Touch.State) {
        self[id].state = state
        if self[id].isLast { contacts[self[id].contact].hasEnded = true }
    }

    private mutating func count(_ time: Timestamp, for contact: Int) {
        contacts[contact].times = Array((contacts[contact].times + [time]).sorted().suffix(ContactPolicy.sendsPerCapPeriod))
    }

    private mutating func release(_ time: Timestamp, for contact: Int) {
        guard let place = contacts[contact].times.firstIndex(of: time) else { return }
        contacts[contact].times.remove(at: place)
    }
}
