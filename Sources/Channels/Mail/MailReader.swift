/// Reads the messages that come to us: answers, bounces, and what machines write.
///
/// Anyone can send anything here. What is sure is read; what isn't stays out; sizes and depths have limits; nothing in a message makes it fail
/// otherwise than by `MailReaderError`. A token is what ties a message to a touch: it can't be guessed, a sender's address can be forged.
public struct MailReader: Sendable {
    public static let bytesMost = 26_214_400
    /// How deep parts may be nested.
    public static let depthMost = MIMEPart.depthMost
    public static let partsMost = MIMEPart.partsMost
    public static let headerBytesMost = HeaderFields.bytesMost

    private let addresses: TokenAddresses

    public init(addresses: TokenAddresses) {
        self.addresses = addresses
    }

    /// - Parameter bytes: The whole message (RFC 5322), lines ending in CRLF or LF.
    public func read(_ bytes: [UInt8]) throws(MailReaderError) -> InboundMail {
        guard bytes.count <= Self.bytesMost else { throw .tooLarge("size in bytes", most: Self.bytesMost) }
        let message = try MIMEPart(message: bytes)
        guard !message.headers.fields.isEmpty else { throw .noHeader }
        let token = token(in: message.headers)
        if let bounce = try BounceReader.bounce(in: message, addresses, tokenOfMessage: token) { return .bounce(bounce) }
        if let complaint = try ComplaintReader.complaint(in: message, addresses) { return .complaint(complaint) }
        let messageID = message.headers.first("message-id").flatMap { HeaderValue.messageIDs($0).first }
        if Self.isAutomatic(message) { return .automatic(.init(token: token, messageID: messageID)) }
        guard let from = message.headers.first("from").flatMap({ HeaderValue.addresses($0).first }) else { throw .noSender }
        return .reply(.init(
            token: token, from: from, messageID: messageID, subject: EncodedWords.decode(message.headers.first("subject") ?? ""),
            text: ReplyText.withoutQuotes(Self.text(of: message) ?? "")))
    }

    /// From the address that it came to, or else from the messages that it answers, the latest first.
    private func token(in headers: HeaderFields) -> String? {
        let recipients = ["delivered-to", "x-original-to", "envelope-to", "to", "cc"].flatMap(headers.all).flatMap(HeaderValue.addresses)
        if let token = recipients.lazy.compactMap(addresses.token(inAddress:)).first { return token }
        let earlier = headers.all("in-reply-to").flatMap(HeaderValue.messageIDs)
            + headers.all("references").flatMap(HeaderValue.messageIDs).reversed()
        return earlier.lazy.compactMap(addresses.token(inMessageID:)).first
    }

    /// RFC 3834, and what was used before it.
    private static func isAutomatic(_ message: MIMEPart) -> Bool {
        let headers = message.headers
        func word(_ name: String) -> String? { headers.first(name).map { HeaderValue.parameters($0).word } }
        if let submitted = word("auto-submitted"), submitted != "no" { return true }
        if let precedence = word("precedence"), ["bulk", "auto_reply", "list", "junk"].contains(precedence) { return true }
        let marks = ["x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponse"]
        if marks.compactMap(word).contains(where: { $0 != "no" }) { return true }
        if let path = headers.first("return-path"), path.filter({ !$0.isWhitespace }) == "<>" { return true }
        if message.type == "multipart/report" { return true }
        let senders = (headers.all("from") + headers.all("sender") + headers.all("return-path")).flatMap(HeaderValue.addresses)
        return senders.contains { $0.prefix { $0 != "@" }.lowercased() == "mailer-daemon" }
    }

    /// The plain text, or else the words of the HTML; nil where the part has neither.
    private static func text(of part: MIMEPart) -> String? {
        if part.isAttachment { return nil }
        switch part.type {
        case "text/plain": return part.text
        case "text/html": return HTMLText(part.text).text
        case "multipart/alternative":
            let plain = part.children.first { $0.type == "text/plain" }
            let texts = ([plain].compactMap { $0 } + part.children).lazy.compactMap(text(of:))
            return texts.first { $0.contains { !$0.isWhitespace } }
        default:
            guard part.type.hasPrefix("multipart/") else { return nil }
            let texts = part.children.compactMap(text(of:))
            return texts.isEmpty ? nil : texts.joined(separator: "\n")
        }
    }
}
