public import FollowUp

/// Reads messages that a mail system posts.
public protocol MailReceiving: Sendable {
    /// - Parameter message: RFC 5322, as it came.
    func read(_ message: [UInt8], at now: Timestamp) -> ReceivedMail
}

/// A message, by what it is to us.
public enum ReceivedMail: Sendable, Equatable {
    /// A person wrote.
    case reply(MailReply)
    /// A mail system tells what became of a message of ours.
    case report(DeliveryReport)
    /// A customer told their mail provider that the message with this link token is spam.
    case complaint(token: String, providerID: String)
    /// A machine wrote (RFC 3834), or a mail system about a message that it doesn't name: neither an answer nor an opt-out.
    case automatic
    /// It can't be read; the reason holds nothing of the message.
    case refused(reason: String)
}

/// What a person wrote by mail.
public struct MailReply: Sendable, Equatable {
    /// Its Message-ID, or a digest of its bytes where it has none: the same when it is posted again.
    public let providerID: String
    /// The sender's address, which anyone can write.
    public let from: String
    /// The link token of the touch that it answers, from the address that it was sent to; nil where it tells none.
    public let token: String?
    /// What they wrote themselves, without what their program quotes; the subject where they wrote nothing else.
    public let text: String

    public init(providerID: String, from: String, token: String?, text: String) {
        self.providerID = providerID
        self.from = from
        self.token = token
        self.text = text
    }
}
