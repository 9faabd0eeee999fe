/// The words of one touch, as they go out.
public enum Message: Sendable, Equatable {
    case sms(String)
    case email(subject: String, text: String)
    /// What the person who calls may say.
    case call(talkingPoints: String)

    public var channel: ContactChannel {
        switch self {
        case .sms: .sms
        case .email: .email
        case .call: .call
        }
    }

    /// All that a reader sees, in order.
    public var words: String {
        switch self {
        case .sms(let text), .call(let text): text
        case .email(let subject, let text): subject + "\n" + text
        }
    }
}
