/// A way to reach a customer.
public enum ContactChannel: String, Sendable, CaseIterable {
    case sms, email, call
}
