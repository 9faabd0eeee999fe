/// Why a message can't be written. It names the part and never shows it.
public enum MailComposerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not `local@domain` in ASCII.
    case recipientAddress
    case senderAddress
    /// A line break or another control character.
    case controlCharacter(in: String)
    case tooLong(String, bytesMost: Int)
    /// Not 1 to 48 lower-case letters and digits.
    case token
    /// Not an HTTPS URL in ASCII.
    case unsubscribeLink

    public var description: String {
        switch self {
        case .recipientAddress: "the recipient's address isn't of the form local@domain in ASCII"
        case .senderAddress: "the sender's address isn't of the form local@domain in ASCII"
        case .controlCharacter(let part): "the \(part) has a control character in it; it must be one line of plain text"
        case .tooLong(let part, let most): "the \(part) is longer than \(most) bytes"
        case .token: "the touch's token isn't 1 to \(TokenAddresses.tokenCharactersMost) lower-case letters and digits"
        case .unsubscribeLink: "the link for unsubscribing isn't an https:// URL in ASCII"
        }
    }
}
