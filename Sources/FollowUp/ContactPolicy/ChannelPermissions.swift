/// The channels on which a customer may be contacted now, in the order in which the host would choose.
public struct ChannelPermissions: Sendable, Equatable {
    public let channels: [ContactChannel]

    /// - Parameters:
    ///   - customer: addresses, consent and preference as the repair order has them.
    ///   - optedOut: the customer's phone and e-mail addresses that said stop, at any rooftop.
    ///
    /// A text needs a yes: never asked is not yes. E-mail needs that nobody said no. A phone that said stop is not called
    /// either. The preference comes first; without one it is text, then e-mail, then a call.
    public init(customer: Customer, optedOut: Set<String>) {
        let phone = customer.phone.flatMap { optedOut.contains($0) ? nil : $0 }
        let email = customer.email.flatMap { optedOut.contains($0) ? nil : $0 }
        var channels: [ContactChannel] = []
        if phone != nil, customer.textOK == true { channels.append(.sms) }
        if email != nil, customer.emailOK != false { channels.append(.email) }
        if phone != nil { channels.append(.call) }
        if let preferred = customer.preferredChannel?.channel, let place = channels.firstIndex(of: preferred) {
            channels.remove(at: place)
            channels.insert(preferred, at: 0)
        }
        self.channels = channels
    }

    /// The channel for a touch: a script's wish when it is permitted, else the host's choice; nil when none is.
    public func channel(wish: ContactChannel?) -> ContactChannel? {
        if let wish, channels.contains(wish) { return wish }
        return channels.first
    }
}
