internal import Channels
internal import Crypto
internal import FollowUp
internal import Server

/// Reads what came by e-mail for the web side and for the maildir.
struct MailboxReader: MailReceiving {
    private let addresses: TokenAddresses
    private let reader: MailReader

    init(_ addresses: TokenAddresses) {
        self.addresses = addresses
        reader = MailReader(addresses: addresses)
    }

    func read(_ message: [UInt8], at now: Timestamp) -> ReceivedMail {
        do throws(MailReaderError) {
            switch try reader.read(message) {
            case .automatic: return .automatic
            case .bounce(let bounce): return bounce.report(at: now, addresses).map(ReceivedMail.report) ?? .automatic
            case .reply(let reply):
                // Someone who wrote nothing but a subject says it there: "STOP".
                let words = reply.text.allSatisfy(\.isWhitespace) ? reply.subject : reply.text
                return .reply(
                    MailReply(providerID: reply.messageID ?? "sha256:" + SHA256.hex(of: message), from: reply.from, token: reply.token, text: words))
            }
        } catch {
            return .refused(reason: "\(error)")
        }
    }
}
