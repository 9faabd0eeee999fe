/// A text that a customer sent: the request of Twilio's webhook for incoming messages.
///
/// Printing it shows its id only.
public struct InboundText: Sendable, Equatable {
    /// Twilio's name of it, the same when the webhook is called again.
    public let messageSID: String
    /// E.164.
    public let from: String
    /// The sender's number that it was sent to, E.164.
    public let to: String
    /// Empty for a picture alone.
    public let body: String
    /// How many pictures or files came along.
    public let mediaCount: Int

    /// As Twilio lists it.
    init(messageSID: String, from: String, to: String, body: String) {
        self.messageSID = messageSID
        self.from = from
        self.to = to
        self.body = body
        mediaCount = body.isEmpty ? 1 : 0
    }

    /// Reads a request whose signature was accepted.
    ///
    /// - Throws: ``TwilioFormError``.
    public init(_ request: SignedRequest) throws(TwilioFormError) {
        messageSID = try request.sid("MessageSid")
        from = try request.value("From")
        to = try request.value("To")
        body = try request.value("Body")
        mediaCount = try request.optionalValue("NumMedia").map { text throws(TwilioFormError) in try Int(number: text, named: "NumMedia") } ?? 0
    }
}

extension InboundText: CustomStringConvertible, CustomReflectable {
    public var description: String { "text \(messageSID)" }
    public var customMirror: Mirror { Mirror(self, children: ["messageSID": messageSID]) }
}
