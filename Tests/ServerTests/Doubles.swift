import Channels
import FollowUp
import Server
import Synchronization

/// Reads Twilio's webhooks as `Channels` does.
struct TwilioTexts: TextWebhooks {
    let signatureHeader = TwilioSignature.header
    /// Signed is, in most tests, whatever says "right".
    var accepts: @Sendable (SignedRequest, String) -> Bool = { _, signature in signature == "right" }

    func status(_ request: TextWebhookRequest, at now: Timestamp) throws(WebhookRefusal) -> DeliveryReport {
        let signed = try verified(request)
        do throws(TwilioFormError) { return try TwilioStatus(signed).report(at: now) } catch { throw .malformed(reason: error.description) }
    }

    func inbound(_ request: TextWebhookRequest) throws(WebhookRefusal) -> ReceivedText {
        let signed = try verified(request)
        do throws(TwilioFormError) {
            let text = try InboundText(signed)
            return ReceivedText(providerID: text.messageSID, from: text.from, to: text.to, body: text.body, mediaCount: text.mediaCount)
        } catch {
            throw .malformed(reason: error.description)
        }
    }

    private func verified(_ request: TextWebhookRequest) throws(WebhookRefusal) -> SignedRequest {
        let parameters: [FormParameter]
        do throws(TwilioFormError) { parameters = try TwilioForms.parse(request.body) } catch { throw .notSigned }
        let signed = SignedRequest(pathAndQuery: request.pathAndQuery, parameters: parameters)
        guard let signature = request.signature, accepts(signed, signature) else { throw .notSigned }
        return signed
    }
}

/// Reads lines in place of RFC 5322: what it is, its id, who wrote, the token; then the text.
struct PlainMail: MailReceiving {
    func read(_ message: [UInt8], at now: Timestamp) -> ReceivedMail {
        let lines = String(decoding: message, as: UTF8.self).split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        return switch lines.first {
        case "reply" where lines.count == 5:
            .reply(MailReply(providerID: lines[1], from: lines[2], token: lines[3].isEmpty ? nil : lines[3], text: lines[4]))
        case "complaint": .complaint(token: lines[1], providerID: lines[2])
        case "bounce": .report(DeliveryReport(providerID: lines[1], status: .undelivered(.addressInvalid), detail: "5.1.1", at: now))
        case "automatic": .automatic
        case _: .refused(reason: "no message")
        }
    }
}

/// Counts the calls that a ledger of links takes.
final class CountingLinks: LinkLedger {
    private let ledger: any LinkLedger
    private let counts = Mutex<[LinkVisitor: Int]>([:])
    private let lookups = Mutex(0)

    init(_ ledger: any LinkLedger) {
        self.ledger = ledger
    }

    var people: Int { counts.withLock { $0[.person, default: 0] } }
    var machines: Int { counts.withLock { $0[.machine, default: 0] } }
    var lookupCount: Int { lookups.withLock { $0 } }

    func bookingLink(token: String, at now: Timestamp) async throws -> BookingLink? {
        lookups.withLock { $0 += 1 }
        return try await ledger.bookingLink(token: token, at: now)
    }

    func count(_ visitor: LinkVisitor, token: String, at now: Timestamp) async throws {
        try await ledger.count(visitor, token: token, at: now)
        counts.withLock { $0[visitor, default: 0] += 1 }
    }
}

struct FullDisk: Error {
    let secret = "+13125550142 said stop"
}

/// A ledger whose disk is full.
struct FailingLedger: InboxLedger, DeliveryLedger {
    func record(_ inbound: Inbound) async throws -> InboundReceipt { throw FullDisk() }
    func rooftop(lastWritingTo point: ContactPoint) async throws -> String? { nil }
    func conversations(rooftops: [String]?, states: Set<Conversation.State>, limit: Int) async throws -> [Conversation] { throw FullDisk() }
    func conversation(_ id: Conversation.ID) async throws -> Conversation? { throw FullDisk() }
    func settle(_ id: Conversation.ID, as state: Conversation.State, at now: Timestamp) async throws { throw FullDisk() }
    func queueAnswer(_ id: Conversation.ID, text: String, by: String, at now: Timestamp) async throws -> TeamAnswer? { throw FullDisk() }
    func waitingAnswers(limit: Int) async throws -> [TeamAnswer] { throw FullDisk() }
    func claim(_ answer: TeamAnswer.ID, at now: Timestamp) async throws -> Bool { throw FullDisk() }
    func settle(_ answer: TeamAnswer.ID, _ outcome: SendOutcome, at now: Timestamp) async throws { throw FullDisk() }
    func queueCall(_ intent: Intent, at now: Timestamp) async throws { throw FullDisk() }
    func calls(rooftops: [String]?, limit: Int) async throws -> [CallTask] { throw FullDisk() }
    func settleCall(_ touch: Touch.ID, _ outcome: CallTask.Outcome, at now: Timestamp) async throws -> Bool { throw FullDisk() }
    func record(_ report: DeliveryReport) async throws -> Bool { throw FullDisk() }
    func uncertainSends(at now: Timestamp, limit: Int) async throws -> [UncertainSend] { throw FullDisk() }
    func record(_ answer: LookupAnswer, of send: UncertainSend, at now: Timestamp) async throws { throw FullDisk() }
    func giveUpUnsettled(at now: Timestamp) async throws -> Int { throw FullDisk() }
    func settleParked(_ touch: Touch.ID, wasSent: Bool, at now: Timestamp) async throws -> Bool { throw FullDisk() }
    func halts() async throws -> [ChannelHalt] { throw FullDisk() }
    func standing(since: Timestamp) async throws -> DeliveryStanding { throw FullDisk() }
    func textsRead() async throws -> Timestamp? { throw FullDisk() }
    func noteTextsRead(until now: Timestamp) async throws { throw FullDisk() }
    func resume(_ channel: ContactChannel, at now: Timestamp) async throws -> Bool { throw FullDisk() }
}
