public import FollowUp

/// Writes e-mails as bytes: headers, and the text both plain and as HTML made of it.
///
/// The bytes follow from the inputs alone: the same touch at the same time is the same message. Nothing from outside can begin a header:
/// addresses are checked, and a subject or name with a control character is refused.
public struct MailComposer: Sendable {
    public static let subjectBytesMost = 1_000
    public static let senderNameBytesMost = 200
    public static let textBytesMost = 200_000
    public static let unsubscribeLinkBytesMost = 900

    private let addresses: TokenAddresses
    private let unsubscribeLink: @Sendable (String) -> String

    /// - Parameter unsubscribeLink: The HTTPS page for a token; mail programs POST to it (RFC 8058).
    public init(addresses: TokenAddresses, unsubscribeLink: @escaping @Sendable (String) -> String) {
        self.addresses = addresses
        self.unsubscribeLink = unsubscribeLink
    }

    /// Writes one message.
    ///
    /// - Parameters:
    ///   - token: The touch's: lower-case letters and digits that nobody can guess.
    ///   - text: Lines may end in LF, CR LF or CR.
    public func mail(
        token: String, from sender: MailSender, to recipient: String, subject: String, text: String, at now: Timestamp
    ) throws(MailComposerError) -> ComposedMail {
        guard TokenAddresses.isToken(token) else { throw .token }
        guard let from = MailAddress(sender.address) else { throw .senderAddress }
        guard let to = MailAddress(recipient) else { throw .recipientAddress }
        try Self.check(subject, "subject", bytesMost: Self.subjectBytesMost)
        try Self.check(sender.name, "sender's name", bytesMost: Self.senderNameBytesMost)
        guard text.utf8.count <= Self.textBytesMost else { throw .tooLong("text", bytesMost: Self.textBytesMost) }
        guard !text.utf8.contains(0) else { throw .controlCharacter(in: "text") }
        let link = try link(token)

        let messageID = addresses.messageID(token)
        let headers = [
            "From: \(Self.mailbox(sender.name, from))",
            "To: \(to.text)",
            "Subject: \(Self.subject(subject))",
            "Date: \(MailDate.text(of: now))",
            "Message-ID: \(messageID)",
            "Reply-To: \(addresses.reply(token))",
            "List-Unsubscribe: <\(link)>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "MIME-Version: 1.0",
        ]
        let lines = MailLines.split(text)
        let bytes = headers.joined(separator: "\r\n") + "\r\n" + Self.alternatives(
            boundary: "=_\(token)", plain: lines, html: MailHTML.page(of: lines))
        return ComposedMail(
            messageID: messageID, envelopeFrom: addresses.reply(token), envelopeTo: to.text, bytes: Array(bytes.utf8))
    }

    private func link(_ token: String) throws(MailComposerError) -> String {
        let link = unsubscribeLink(token)
        guard link.hasPrefix("https://"), link.utf8.count <= Self.unsubscribeLinkBytesMost,
            link.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
        else { throw .unsubscribeLink }
        return link
    }

    private static func check(_ text: String, _ part: String, bytesMost: Int) throws(MailComposerError) {
        guard text.utf8.count <= bytesMost else { throw .tooLong(part, bytesMost: bytesMost) }
        // Beside C0, DEL and C1: the separators that some readers take for line breaks.
        let breaks: (Unicode.Scalar) -> Bool = { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029 }
        guard !text.unicodeScalars.contains(where: breaks) else { throw .controlCharacter(in: part) }
    }

    /// As it is where it fits on one line and can't be taken for anything else.
    private static func subject(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && text.utf8.count <= 60
            && text.first != " " && text.last != " "
        return isPlain ? text : EncodedWords.encode(text)
    }

    private static func mailbox(_ name: String, _ address: MailAddress) -> String {
        guard !name.isEmpty else { return address.text }
        let isPlain = name.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !name.contains("=?") && name.utf8.count <= 60
            && name.first != " " && name.last != " "
        guard isPlain else { return "\(EncodedWords.encode(name))\r\n <\(address.text)>" }
        let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\"\r\n <\(address.text)>"
    }

    /// The boundary can't come up in a part: quoted-printable writes its "=" as "=3D".
    private static func alternatives(boundary: String, plain: [String], html: [String]) -> String {
        var body = "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
        for (type, lines) in [("plain", plain), ("html", html)] {
            body += "--\(boundary)\r\nContent-Type: text/\(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            body += QuotedPrintable.encode(lines: lines) + "\r\n"
        }
        return body + "--\(boundary)--\r\n"
    }
}
