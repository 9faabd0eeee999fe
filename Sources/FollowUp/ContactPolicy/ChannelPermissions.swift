/// Which channels a customer may be contacted on, from consent and opt-outs, and in which order.
public struct ChannelPermissions: Sendable, Equatable {
    /// A contact point that said stop. An opt-out of a phone ends texts and calls alike.
    public enum OptOut: Hashable, Sendable {
        case phone, email
    }

    /// Why a channel isn't permitted.
    public enum Refusal: Sendable, Hashable, CustomStringConvertible {
        case noPhone, phoneOptedOut, textNotConsented, textRefused
        case noEmail, emailOptedOut, emailRefused
        /// The provider told that messages to it don't arrive.
        case textsDontArrive, emailsDontArrive, numberInvalid

        /// "the customer never agreed to texts"
        public var description: String {
            switch self {
            case .noPhone: "there is no phone number"
            case .phoneOptedOut: "the phone number opted out"
            case .textNotConsented: "the customer never agreed to texts"
            case .textRefused: "the customer refused texts"
            case .noEmail: "there is no e-mail address"
            case .emailOptedOut: "the e-mail address opted out"
            case .emailRefused: "the customer refused e-mail"
            case .textsDontArrive: "texts to the number don't arrive"
            case .emailsDontArrive: "e-mail to the address doesn't arrive"
            case .numberInvalid: "there is no such number"
            }
        }
    }

    /// The permitted channels, best first: the customer's preference, then text, e-mail, call.
    public let allowed: [ContactChannel]
    /// The refused channels, each with its reason.
    public let refusals: [ContactChannel: Refusal]

    /// - Parameter undeliverable: Channels on which messages to the customer don't arrive.
    public init(customer: Customer, optOuts: Set<OptOut> = [], undeliverable: Set<ContactChannel> = []) {
        var allowed: [ContactChannel] = []
        var refusals: [ContactChannel: Refusal] = [:]
        let preferred = customer.preferredChannel?.channel
        let order = ([preferred].compactMap { $0 }) + Self.usualOrder.filter { $0 != preferred }
        for channel in order {
            if let refusal = Self.refusal(of: channel, customer: customer, optOuts: optOuts) ?? Self.undelivered(channel, undeliverable) {
                refusals[channel] = refusal
            } else {
                allowed.append(channel)
            }
        }
        self.allowed = allowed
        self.refusals = refusals
    }

    /// Those channels and no others, best first: as they were recorded with a touch, or one alone for a preview. Why the rest is
    /// refused isn't told.
    public init(allowed: [ContactChannel]) {
        self.allowed = allowed
        refusals = [:]
    }

    /// Gives the channel to use: the wished one when it is permitted, else the best one; nil when there is none.
    public func channel(wished: ContactChannel? = nil) -> ContactChannel? {
        if let wished, allowed.contains(wished) { return wished }
        return allowed.first
    }

    private static let usualOrder: [ContactChannel] = [.sms, .email, .call]

    private static func undelivered(_ channel: ContactChannel, _ undeliverable: Set<ContactChannel>) -> Refusal? {
        guard undeliverable.contains(channel) else { return nil }
        return switch channel {
        case .sms: .textsDontArrive
        case .email: .emailsDontArrive
        case .call: .numberInvalid
        }
    }

    private static func refusal(
        of channel: ContactChannel, customer: Customer, optOuts: Set<OptOut>
    ) -> Refusal? {
        switch channel {
        case .sms:
            if (customer.phone ?? "").isEmpty { return .noPhone }
            if optOuts.contains(.phone) { return .phoneOptedOut }
            return switch customer.textOK {
            case true?: nil
            case false?: .textRefused
            case nil: .textNotConsented
            }
        case .email:
            if (customer.email ?? "").isEmpty { return .noEmail }
            if optOuts.contains(.email) { return .emailOptedOut }
            return customer.emailOK == false ? .emailRefused : nil
        case .call:
            if (customer.phone ?? "").isEmpty { return .noPhone }
            return optOuts.contains(.phone) ? .phoneOptedOut : nil
        }
    }
}
