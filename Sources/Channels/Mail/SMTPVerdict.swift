internal import FollowUp
internal import MailShim

/// What a transaction's end means for the send.
///
/// Before the final dot nothing was accepted. After it a whole answer tells; without one nobody knows (RFC 1047).
struct SMTPVerdict {
    /// How long to wait, by the attempt: doubled each time, up to two hours.
    static let firstRetrySeconds: Int64 = 300
    /// Greylisting lets mail in after five minutes or so.
    static let firstRefusedRetrySeconds: Int64 = 600
    static let retrySecondsMost: Int64 = 7_200

    let result: mail_result
    let messageID: String
    let generation: Touch.Generation
    let now: Timestamp

    var outcome: SendOutcome {
        if result.reply_after_dot != 0 { return afterDot(Int(result.reply_after_dot)) }
        if Int(result.stage) == MAIL_DOT { return .uncertain(reason: "\(cause) after the final dot, without an answer") }
        return beforeDot
    }

    /// What is wrong when nothing was to be sent; nil when the server greeted us and took NOOP.
    var refusal: String? {
        if Int(result.end) == MAIL_END_ANSWER, (200...299).contains(result.reply) { return nil }
        switch beforeDot {
        case .halted(let reason), .notAccepted(_, let reason), .rejected(_, let reason), .uncertain(let reason): return reason
        case .accepted: return nil
        }
    }

    private func afterDot(_ reply: Int) -> SendOutcome {
        switch reply {
        case 200...299: .accepted(providerID: messageID)
        case 400...499: refusedForNow
        case 500...599: .rejected(enhanced?.problem ?? .filtered, reason: "refused after the message: \(answer)")
        default: .uncertain(reason: "an answer of no meaning after the final dot: \(answer)")
        }
    }

    private var beforeDot: SendOutcome {
        switch Int(result.end) {
        case MAIL_END_CERTIFICATE: return .halted(reason: "the mail server's certificate isn't trusted, or the file of authorities can't be read")
        case MAIL_END_SETUP: return .halted(reason: "the mail client can't do what its settings say (code \(result.code))")
        case MAIL_END_NO_TLS where !isForNow: return .halted(reason: "the mail server offers no STARTTLS")
        case MAIL_END_LOGIN where !isForNow: return .halted(reason: "the mail server doesn't let us log in: \(answer)")
        default: break
        }
        switch result.reply {
        case 400...499: return refusedForNow
        case 500...599: return refusedForGood
        default: return .notAccepted(retryAt: retry(first: Self.firstRetrySeconds), reason: "\(cause) before the message was handed over")
        }
    }

    private var refusedForNow: SendOutcome {
        let first = result.reply == 421 ? Self.firstRetrySeconds : Self.firstRefusedRetrySeconds
        return .notAccepted(retryAt: retry(first: first), reason: "refused for now: \(answer)")
    }

    /// Only what is said to RCPT is about the recipient; what comes before is about us, and would be said to every message.
    private var refusedForGood: SendOutcome {
        guard [530, 534, 535, 538].contains(result.reply) == false else { return .halted(reason: "the mail server asks for a login: \(answer)") }
        switch Int(result.stage) {
        case MAIL_RCPT: return .rejected(recipientProblem, reason: "the recipient was refused: \(answer)")
        case MAIL_DATA: return .rejected(enhanced?.problem ?? .other, reason: "the message was refused: \(answer)")
        case MAIL_FROM where result.reply == 552: return .rejected(.other, reason: "the message is too large: \(answer)")
        case MAIL_FROM: return .halted(reason: "the mail server refuses the sender: \(answer)")
        default: return .halted(reason: "the mail server refuses us: \(answer)")
        }
    }

    private var recipientProblem: DeliveryProblem {
        if let enhanced, let problem = enhanced.problem, enhanced.subject != 0 { return problem }
        switch result.reply {
        case 550, 551, 553: return .addressInvalid
        case 552: return .unreachable
        default: return .other
        }
    }

    private var isForNow: Bool { (400...499).contains(result.reply) }

    private var enhanced: StatusCode? {
        guard result.enhanced.0 != 0 else { return nil }
        return StatusCode(kind: Int(result.enhanced.0), subject: Int(result.enhanced.1), detail: Int(result.enhanced.2))
    }

    /// Codes alone: the words of an answer may hold an address.
    private var answer: String {
        ([result.reply == 0 ? "no answer" : "\(result.reply)"] + [enhanced.map(\.description)].compactMap { $0 }).joined(separator: " ")
    }

    private var cause: String {
        switch Int(result.end) {
        case MAIL_END_CONNECT: "no connection"
        case MAIL_END_TIME: "the time was over"
        case MAIL_END_TLS: "TLS failed"
        default: "the connection broke"
        }
    }

    private func retry(first: Int64) -> Timestamp {
        let doublings = min(max(generation - 1, 0), 10)
        return now + min(first << doublings, Self.retrySecondsMost)
    }
}
