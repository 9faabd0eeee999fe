/// The addresses and Message-IDs that carry a touch's token out and bring it back.
///
/// The composer writes them and the reader finds them: `reply+TOKEN@domain` and `<TOKEN@domain>`. Systems on the way may change the case of an
/// address, so tokens are lower-case letters and digits.
public struct TokenAddresses: Sendable, Equatable {
    public static let tokenCharactersMost = 48

    /// The domain whose mail comes back to us.
    public let domain: String

    /// Nil where the domain isn't one.
    public init?(domain: String) {
        guard MailAddress.isDomain(domain) else { return nil }
        self.domain = domain.lowercased()
    }

    /// 1 to 48 lower-case ASCII letters and digits.
    public static func isToken(_ text: some StringProtocol) -> Bool {
        (1...tokenCharactersMost).contains(text.utf8.count)
            && text.utf8.allSatisfy { MailAddress.isAlphanumeric($0) && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// `reply+TOKEN@domain`; bounces come to it as well.
    public func reply(_ token: String) -> String { "reply+\(token)@\(domain)" }

    /// `<TOKEN@domain>`, the same for every attempt.
    public func messageID(_ token: String) -> String { "<\(token)@\(domain)>" }

    /// The token in an address that `reply` made.
    func token(inAddress address: String) -> String? {
        let address = address.lowercased()
        let start = "reply+"
        let end = "@" + domain
        guard address.hasPrefix(start), address.hasSuffix(end), address.utf8.count > start.utf8.count + end.utf8.count else { return nil }
        let token = address.dropFirst(start.count).dropLast(end.count)
        return Self.isToken(token) ? String(token) : nil
    }

    /// The token in a Message-ID that `messageID` made.
    func token(inMessageID messageID: String) -> String? {
        let messageID = messageID.lowercased()
        let end = "@" + domain + ">"
        guard messageID.hasPrefix("<"), messageID.hasSuffix(end) else { return nil }
        let token = messageID.dropFirst().dropLast(end.count)
        return Self.isToken(token) ? String(token) : nil
    }
}
