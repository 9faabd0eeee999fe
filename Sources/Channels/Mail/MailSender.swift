/// Who an e-mail is from, as its reader sees it.
public struct MailSender: Sendable, Equatable {
    /// "Hillside Auto".
    public let name: String
    /// "service@hillside.example".
    public let address: String

    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}
