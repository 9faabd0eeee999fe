/// A rooftop as the ledger knows it.
public struct RegisteredRooftop: Sendable, Equatable {
    public let id: String
    /// The display name; the id until the rooftop is registered.
    public let name: String
    public let group: String?
    public let zone: Zone

    public init(id: String, name: String, group: String?, zone: Zone) {
        self.id = id
        self.name = name
        self.group = group
        self.zone = zone
    }
}
