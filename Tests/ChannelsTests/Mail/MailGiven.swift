import Channels
import FollowUp

/// The usual inputs of the mail's tests.
enum MailGiven {
    static let now = Timestamp("2026-03-06T16:00:00Z")!
    static let addresses = TokenAddresses(domain: "mail.example")!
    static let composer = MailComposer(addresses: addresses) { "https://revisit.example/u/\($0)" }
    static let sender = MailSender(name: "Hillside Auto", address: "service@hillside.example")
    static let text = """
        Hi Pat,

        On March 3 we noted front brake pads at 2 mm. Book at https://book.example.com/hillside/k3.

        Hillside Auto, 100 Example Road, Dayton, OH
        Reply STOP, and we stop writing.
        """

    struct FixedClock: WallClock {
        let now: Timestamp
    }

    static func gateway(_ settings: SMTPSettings, sender: MailSender? = sender) -> SMTPGateway {
        SMTPGateway(
            settings: settings, composer: composer, token: { "t\($0.number)" }, sender: { _ in sender }, clock: FixedClock(now: now))
    }

    static func intent(
        _ number: Int64 = 1, generation: Int = 1, to address: String = "pat@example.com", subject: String = "Your brakes, Pat", text: String = text,
        notAfterSeconds: Int64 = 3_600
    ) -> Intent {
        intent(.email(subject: subject, text: text), number, generation: generation, to: address, notAfterSeconds: notAfterSeconds)
    }

    static func intent(
        _ message: Message, _ number: Int64 = 1, generation: Int = 1, to address: String, notAfterSeconds: Int64 = 3_600
    ) -> Intent {
        Intent(
            touch: Touch.ID(number), kind: .reminder, generation: generation, rooftop: "hillside", address: address, message: message,
            decidedAt: now, notAfter: now + notAfterSeconds, bundleSHA256: "00")
    }
}

extension SendOutcome {
    /// The outcome without its words and times: "notAccepted", "rejected addressInvalid".
    var kind: String {
        switch self {
        case .accepted: "accepted"
        case .notAccepted: "notAccepted"
        case .rejected(let problem, _): "rejected \(problem)"
        case .halted: "halted"
        case .uncertain: "uncertain"
        }
    }

    var retryAt: Timestamp? {
        switch self {
        case .notAccepted(let retryAt, _): retryAt
        case .accepted, .rejected, .halted, .uncertain: nil
        }
    }

    /// Its words; empty for an accepted one.
    var reason: String {
        switch self {
        case .accepted: ""
        case .notAccepted(_, let reason), .rejected(_, let reason), .halted(let reason), .uncertain(let reason): reason
        }
    }
}
