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
            case .complaint(let complaint): return .complaint(token: complaint.token, providerID: name(complaint.messageID, message))
            case .reply(let reply):
                // Someone who wrote nothing but a subject says it there: "STOP".
                let words = reply.text.allSatisfy(\.isWhitespace) ? reply.subject : reply.text
                return .reply(
                    MailReply(providerID: name(reply.messageID, message), from: reply.from, token: reply.token, text: words))
            }
        } catch {
            return .refused(reason: "\(error)")
        }
    }

    /// The same when it comes again.
    private func name(_ messageID: String?, _ message: [UInt8]) -> String { messageID ?? "sha256:" + SHA256.hex(of: message) }
}
