internal import FollowUp
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// The webhooks of the provider of texts. A 2xx means that what was told is stored; anything else, that nothing was.
struct TextHooks: Sendable {
    let texts: any TextWebhooks
    let inbox: any InboxLedger
    let deliveries: any DeliveryLedger
    let gate: SendGate
    let clock: any WallClock
    let rooftops: @Sendable () -> RooftopDirectory
    let bytesMost: Int
    let failures: LedgerFailures

    func status(_ request: Request, _ context: WebRequestContext) async throws -> Response {
        let told = try await read(request)
        let report: DeliveryReport
        do throws(WebhookRefusal) {
            report = try texts.status(told, at: clock.now)
        } catch {
            return refusal(error, context)
        }
        do {
            try await deliveries.record(report)
        } catch {
            failures.note(error, at: "text status", context.logger, id: report.providerID)
            return Answer.notStored
        }
        return Response(status: .noContent)
    }

    func inbound(_ request: Request, _ context: WebRequestContext) async throws -> Response {
        let told = try await read(request)
        let text: ReceivedText
        do throws(WebhookRefusal) {
            text = try texts.inbound(told)
        } catch {
            return refusal(error, context)
        }
        let rooftop: String
        let receipt: InboundReceipt
        do {
            (rooftop, receipt) = try await record(text)
        } catch {
            failures.note(error, at: "inbound text", context.logger, id: text.providerID)
            return Answer.notStored
        }
        await gate.quiet(after: receipt.meaning, of: text.from)
        return Answer.text(TextAnswer.twiML(receipt.answer, from: rooftops().facts(of: rooftop)), type: TextAnswer.contentType)
    }

    private func record(_ text: ReceivedText) async throws -> (rooftop: String, InboundReceipt) {
        let point = ContactPoint.phone(text.from)
        let rooftop = try await inbox.rooftop(lastWritingTo: point) ?? rooftops().rooftop(sendingFrom: text.to)
        let words = text.body.isEmpty && text.mediaCount > 0 ? "(picture)" : text.body
        let inbound = Inbound(rooftop: rooftop, from: point, kind: .reply(words), at: clock.now, providerID: text.providerID)
        return (rooftop, try await inbox.record(inbound))
    }

    private func read(_ request: Request) async throws -> TextWebhookRequest {
        let body = try await request.body.collect(upTo: bytesMost)
        let signatures = HTTPField.Name(texts.signatureHeader).map { request.headers[values: $0] } ?? []
        return TextWebhookRequest(
            pathAndQuery: request.head.path ?? "", body: Array(body.readableBytesView), signature: signatures.count == 1 ? signatures[0] : nil)
    }

    private func refusal(_ refusal: WebhookRefusal, _ context: WebRequestContext) -> Response {
        switch refusal {
        case .notSigned:
            return Answer.text("Forbidden.\n", status: .forbidden)
        case .malformed(let reason):
            context.logger.warning("a signed webhook can't be read", metadata: ["reason": "\(reason)"])
            return Answer.text("\(reason)\n", status: .badRequest)
        }
    }
}

extension SendGate {
    /// Waits, where words may have meant stop, until no send to the address is under way: only then may they be acknowledged.
    func quiet(after meaning: ReplyMeaning?, of address: String) async {
        switch meaning {
        case .optOut, .ambiguous: await quiet(address)
        case .optIn, .help, .interest, .reply, nil: return
        }
    }
}
