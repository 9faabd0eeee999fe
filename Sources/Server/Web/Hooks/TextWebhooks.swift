public import FollowUp

/// Reads the webhooks of a provider of texts, once it is sure that the provider wrote them.
public protocol TextWebhooks: Sendable {
    /// The header in which the provider signs.
    var signatureHeader: String { get }

    /// Reads what became of a text.
    func status(_ request: TextWebhookRequest, at now: Timestamp) throws(WebhookRefusal) -> DeliveryReport

    /// Reads a text that a customer sent.
    func inbound(_ request: TextWebhookRequest) throws(WebhookRefusal) -> ReceivedText
}

/// A webhook's request, as it came.
public struct TextWebhookRequest: Sendable, Equatable {
    /// As the request line has it, unchanged, as the signature covers it: "/hooks/twilio/status?touch=12&attempt=1".
    public let pathAndQuery: String
    /// The form, encoded.
    public let body: [UInt8]
    /// The signature header's value; nil where the request has none, or more than one.
    public let signature: String?

    public init(pathAndQuery: String, body: [UInt8], signature: String?) {
        self.pathAndQuery = pathAndQuery
        self.body = body
        self.signature = signature
    }
}

/// A text from a customer.
public struct ReceivedText: Sendable, Equatable {
    /// The provider's name of it, the same when it is told of again.
    public let providerID: String
    /// E.164.
    public let from: String
    /// The number that it was sent to, E.164.
    public let to: String
    /// Empty for pictures alone.
    public let body: String
    /// Pictures and files that came along.
    public let mediaCount: Int

    public init(providerID: String, from: String, to: String, body: String, mediaCount: Int) {
        self.providerID = providerID
        self.from = from
        self.to = to
        self.body = body
        self.mediaCount = mediaCount
    }
}

/// Why a webhook's request isn't taken.
public enum WebhookRefusal: Error, Equatable {
    /// Nothing shows that the provider wrote it.
    case notSigned
    /// The provider wrote it, and it can't be read; the reason names places and fields, never what a customer wrote.
    case malformed(reason: String)
}
