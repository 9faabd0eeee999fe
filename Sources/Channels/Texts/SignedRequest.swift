/// A webhook's request, as far as its signature covers it.
public struct SignedRequest: Sendable, Equatable {
    /// As the request line has it, unchanged: "/hooks/twilio/status?touch=12&attempt=1". A path in ``WebhookURL`` stands before it and isn't in it.
    public let pathAndQuery: String
    /// The body's, decoded; empty for a GET.
    public let parameters: [FormParameter]

    public init(pathAndQuery: String, parameters: [FormParameter]) {
        self.pathAndQuery = pathAndQuery
        self.parameters = parameters
    }

    /// The values under a name, in order.
    func values(of name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }
}
