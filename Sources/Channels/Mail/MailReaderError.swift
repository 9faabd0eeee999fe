/// Why a message can't be read. It shows nothing of the message.
public enum MailReaderError: Error, Sendable, Equatable, CustomStringConvertible {
    case tooLarge(String, most: Int)
    case tooDeep(most: Int)
    /// There is no header field at all.
    case noHeader
    /// A reply has to be from someone.
    case noSender

    public var description: String {
        switch self {
        case .tooLarge(let part, let most): "the message's \(part) is over \(most)"
        case .tooDeep(let most): "the message's parts are nested deeper than \(most)"
        case .noHeader: "the message has no header"
        case .noSender: "the message says of no one that it is from them"
        }
    }
}
