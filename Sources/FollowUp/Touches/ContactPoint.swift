/// A phone number or an e-mail address. Caps and opt-outs are counted by it, whoever else shares it.
public enum ContactPoint: Hashable, Sendable {
    /// E.164.
    case phone(String)
    /// Lower case.
    case email(String)

    public var address: String {
        switch self {
        case .phone(let address), .email(let address): address
        }
    }
}
