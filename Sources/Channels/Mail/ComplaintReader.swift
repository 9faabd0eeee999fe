/// Reads complaints: someone pressed "this is spam", and their mail provider tells us (ARF, RFC 5965).
enum ComplaintReader {
    /// What else a report may say is no word against our writing.
    private static let types: Set = ["abuse", "opt-out", "opt-out-list"]

    /// Nil where the message isn't one, or doesn't carry which message of ours it is about.
    static func complaint(in message: MIMEPart, _ addresses: TokenAddresses) throws(MailReaderError) -> InboundMail.Complaint? {
        guard let report = message.children.first(where: { $0.type == "message/feedback-report" }) else { return nil }
        let content = report.content
        var place = content.startIndex
        guard let type = try HeaderFields(content, &place).first("feedback-type"), types.contains(HeaderValue.parameters(type).word),
            let token = try message.reportedMessageID().flatMap(addresses.token(inMessageID:))
        else { return nil }
        return InboundMail.Complaint(token: token, messageID: message.headers.first("message-id").flatMap { HeaderValue.messageIDs($0).first })
    }
}
