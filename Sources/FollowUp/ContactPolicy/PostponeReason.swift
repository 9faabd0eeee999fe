/// Why a touch isn't sent now but later.
public enum PostponeReason: Sendable, Hashable {
    /// Its planned instant hasn't come.
    case notDue
    /// Today is the day of a visit (0) or the day after (1).
    case dayAfterVisit(day: Int)
    /// The contact has had as many touches in 30 days as the cap allows.
    case cap(sends: Int)
    /// The last touch to the contact went out less than 72 hours ago.
    case spacing(lastSentAt: Timestamp)
    case closed(ClosedReason)
    /// An answer of the customer's may mean stop, and nobody has looked yet.
    case held
    /// Nothing goes out on the channel until a person has mended something.
    case channelHalted(ContactChannel)
}

extension PostponeReason: CustomStringConvertible {
    /// "the customer was contacted 3 times in the last 30 days"
    public var description: String {
        switch self {
        case .notDue: "the touch isn't due yet"
        case .dayAfterVisit(let day):
            day == 0 ? "it is the day of a visit" : day == 1 ? "it is the day after a visit" : "a visit is still to come"
        case .cap(let sends): "the customer was contacted \(sends) times in the last 30 days"
        case .spacing(let lastSentAt): "the last touch went out less than 72 hours ago, at \(lastSentAt)"
        case .closed(let reason): "\(reason)"
        case .held: "an answer of the customer's may mean stop and waits for a person"
        case .channelHalted(let channel): "nothing goes out by \(channel.rawValue) until someone has mended it; revisit doctor tells"
        }
    }
}
