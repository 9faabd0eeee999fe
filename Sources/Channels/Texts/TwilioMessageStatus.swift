/// Where Twilio says an outbound text stands; the words of its Message resource.
public enum TwilioMessageStatus: String, Sendable, CaseIterable {
    case accepted, scheduled, queued, sending, sent
    case partiallyDelivered = "partially_delivered"
    case delivered, read
    case undelivered, failed, canceled
}
