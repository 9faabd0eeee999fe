/// The person or business on a repair order, with what it says of consent.
///
/// Consent has three values: `nil` is "never asked", and nil is not yes.
public struct Customer: Sendable, Equatable {
    /// The channel that a customer asked to be reached on.
    public enum Preference: String, Sendable, CaseIterable {
        case text, email, call

        /// The contact channel that serves this preference.
        public var channel: ContactChannel {
            switch self {
            case .text: .sms
            case .email: .email
            case .call: .call
            }
        }
    }

    public var name: String?
    /// Nil for a business, and when the export has none.
    public var firstName: String?
    /// E.164, "+13125550142".
    public var phone: String?
    /// Lower case.
    public var email: String?
    public var textOK: Bool?
    public var emailOK: Bool?
    public var preferredChannel: Preference?
    public var customerNumber: String?

    public init(
        name: String? = nil, firstName: String? = nil, phone: String? = nil, email: String? = nil,
        textOK: Bool? = nil, emailOK: Bool? = nil, preferredChannel: Preference? = nil, customerNumber: String? = nil
    ) {
        self.name = name
        self.firstName = firstName
        self.phone = phone
        self.email = email
        self.textOK = textOK
        self.emailOK = emailOK
        self.preferredChannel = preferredChannel
        self.customerNumber = customerNumber
    }

    /// Tells whether the records are of one person: the same customer number, or a shared contact point under one name.
    ///
    /// People of one family share a phone or an e-mail address. Neither is told of the other's car.
    public func isSamePerson(as other: Customer) -> Bool {
        if let customerNumber, let theirs = other.customerNumber { return customerNumber == theirs }
        if let name, let theirs = other.name, name.lowercased() != theirs.lowercased() { return false }
        return sharesContactPoint(with: other)
    }

    public func sharesContactPoint(with other: Customer) -> Bool {
        Self.isShared(phone, other.phone) || Self.isShared(email, other.email)
    }

    private static func isShared(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other, !one.isEmpty else { return false }
        return one == other
    }

    /// Whether the name is a company's: a name without a first name.
    public var isBusiness: Bool { name != nil && firstName == nil }
}
