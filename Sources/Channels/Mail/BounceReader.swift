internal import FollowUp

/// Reads delivery status notifications (RFC 3464).
enum BounceReader {
    static let recipientsMost = 100

    /// Nil where the message isn't one, or doesn't say what happened.
    static func bounce(in message: MIMEPart, _ addresses: TokenAddresses, tokenOfMessage: String?) throws(MailReaderError) -> InboundMail.Bounce? {
        let types: Set = ["message/delivery-status", "message/global-delivery-status"]
        guard let status = message.children.first(where: { types.contains($0.type) }) else { return nil }
        let recipients = try groups(of: status.content).filter { $0.first("action") != nil }
        let failed = recipients.first { action($0) == .failed }
        guard let recipient = failed ?? recipients.first, let action = action(recipient) else { return nil }
        let original = try message.reportedMessageID()
        let code = code(of: recipient)
        return InboundMail.Bounce(
            token: original.flatMap(addresses.token(inMessageID:)) ?? tokenOfMessage,
            originalMessageID: original ?? tokenOfMessage.map(addresses.messageID),
            messageID: message.headers.first("message-id").flatMap { HeaderValue.messageIDs($0).first },
            action: action, statusCode: code?.description, problem: action == .failed ? code?.problem ?? .other : nil)
    }

    private static func action(_ recipient: HeaderFields) -> InboundMail.Bounce.Action? {
        recipient.first("action").flatMap { InboundMail.Bounce.Action(rawValue: HeaderValue.parameters($0).word) }
    }

    /// The status; the diagnostic's own code where the status only says that something is wrong.
    private static func code(of recipient: HeaderFields) -> StatusCode? {
        let status = recipient.first("status").flatMap(StatusCode.init(in:))
        if let status, status.subject != 0 { return status }
        let diagnostic = recipient.first("diagnostic-code").flatMap(StatusCode.init(in:))
        guard let status else { return diagnostic }
        return diagnostic.flatMap { $0.kind == status.kind ? $0 : nil } ?? status
    }

    /// The fields of the message, then those of each recipient.
    private static func groups(of bytes: ArraySlice<UInt8>) throws(MailReaderError) -> [HeaderFields] {
        var groups: [HeaderFields] = []
        var place = bytes.startIndex
        while place < bytes.endIndex, groups.count <= recipientsMost {
            let group = try HeaderFields(bytes, &place)
            if !group.fields.isEmpty { groups.append(group) }
        }
        return groups
    }
}

extension MIMEPart {
    /// Whose message a report is about, from the copy of it, or of its header, that comes along.
    func reportedMessageID() throws(MailReaderError) -> String? {
        for part in children {
            let headers: HeaderFields
            if let copy = part.children.first, part.type.hasPrefix("message/") {
                headers = copy.headers
            } else if part.type == "text/rfc822-headers" || part.type == "message/global-headers" {
                let content = part.content
                var place = content.startIndex
                headers = try HeaderFields(content, &place)
            } else {
                continue
            }
            if let id = headers.first("message-id").flatMap({ HeaderValue.messageIDs($0).first }) { return id }
        }
        return nil
    }
}
