/// What contact policy says of one due touch.
public enum Verdict: Sendable, Equatable {
    /// Send on this channel, and start no later than `notAfter`.
    case send(ContactChannel, notAfter: Timestamp)
    /// Ask again then; never earlier than planned.
    case postpone(until: Timestamp, PostponeReason)
    case expire(ExpireReason)
    case suppress(SuppressReason)
    /// A later touch for the same contact is due as well, and goes instead.
    case supersede(by: TouchKind)
}

/// Why a touch waits.
public enum PostponeReason: Sendable, Equatable, CustomStringConvertible {
    case notYetDue
    /// Day 0 or 1 of a visit, this one or a later one.
    case tooSoonAfterVisit(LocalDate)
    case spacing(last: Timestamp)
    case cap(oldest: Timestamp)
    case outsideHours(String)

    public var description: String {
        switch self {
        case .notYetDue: "not due yet"
        case .tooSoonAfterVisit(let visit): "nothing is sent on the day of a visit or the day after (\(visit))"
        case .spacing(let last): "72 hours between contacts (the last was \(last))"
        case .cap(let oldest): "at most 3 contacts in 30 days (the first of them was \(oldest))"
        case .outsideHours(let why): why
        }
    }
}

/// Why a touch came too late to send.
public enum ExpireReason: Sendable, Equatable, CustomStringConvertible {
    /// Past its grace already.
    case late(lastDay: LocalDate)
    /// By the time it would be allowed, it would be too late.
    case noRoom(lastDay: LocalDate, PostponeReason)

    public var description: String {
        switch self {
        case .late(let lastDay): "too late: it made sense until \(lastDay)"
        case .noRoom(let lastDay, let reason): "not possible by \(lastDay): \(reason)"
        }
    }
}

/// Why a touch is not sent at all.
public enum SuppressReason: Sendable, Equatable, CustomStringConvertible {
    case ended(EnrollmentEnd)
    /// No channel has an address, consent, and no opt-out.
    case noPermittedChannel
    case script(reason: String)

    public var description: String {
        switch self {
        case .ended(let end): end.description
        case .noPermittedChannel: "the customer allows no channel that we have an address for"
        case .script(let reason): "the script skipped it: \(reason)"
        }
    }
}

/// Why a follow-up is over.
public enum EnrollmentEnd: String, Sendable, CaseIterable, CustomStringConvertible {
    case booked, replied, done, optedOut = "opted_out", void, completed

    public var description: String {
        switch self {
        case .booked: "the customer booked"
        case .replied: "the customer replied; a person answers"
        case .done: "the work is done"
        case .optedOut: "the customer said stop"
        case .void: "the repair order was voided"
        case .completed: "the last touch has gone out"
        }
    }
}
