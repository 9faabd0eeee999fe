internal import Channels
internal import FollowUp
internal import Server

/// Reads Twilio's webhooks for the web side.
struct TwilioHooks: TextWebhooks {
    private let signature: TwilioSignature

    init(_ settings: TwilioSettings) {
        signature = settings.signature
    }

    var signatureHeader: String { TwilioSignature.header }

    func status(_ request: TextWebhookRequest, at now: Timestamp) throws(WebhookRefusal) -> DeliveryReport {
        let signed = try signed(request)
        do throws(TwilioFormError) {
            return try TwilioStatus(signed).report(at: now)
        } catch {
            throw .malformed(reason: "\(error)")
        }
    }

    func inbound(_ request: TextWebhookRequest) throws(WebhookRefusal) -> ReceivedText {
        let signed = try signed(request)
        do throws(TwilioFormError) {
            return ReceivedText(try InboundText(signed))
        } catch {
            throw .malformed(reason: "\(error)")
        }
    }

    /// Whatever isn't signed is refused alike, also what can't be read.
    private func signed(_ request: TextWebhookRequest) throws(WebhookRefusal) -> SignedRequest {
        let parameters: [FormParameter]
        do throws(TwilioFormError) {
            parameters = try TwilioForms.parse(request.body)
        } catch {
            throw .notSigned
        }
        let signed = SignedRequest(pathAndQuery: request.pathAndQuery, parameters: parameters)
        guard let given = request.signature, signature.accepts(signed, signature: given) else { throw .notSigned }
        return signed
    }
}

extension ReceivedText {
    init(_ text: InboundText) {
        self.init(providerID: text.messageSID, from: text.from, to: text.to, body: text.body, mediaCount: text.mediaCount)
    }
}
