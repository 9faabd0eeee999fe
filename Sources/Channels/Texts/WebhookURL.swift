internal import Foundation

/// The public address under which Twilio reaches Revisit, as configured: "https://texts.example.com".
///
/// Webhooks are signed over it. It comes from configuration and never from a request's Host header, which anyone can write.
public struct WebhookURL: Sendable, Equatable {
    /// Where Twilio reports what became of a text.
    public static let statusPath = "/hooks/twilio/status"
    /// Where Twilio hands on a text from a customer.
    public static let inboundPath = "/hooks/twilio/inbound"

    let scheme: String
    let host: String
    let port: Int?
    /// Without a slash at its end.
    let path: String

    /// - Parameter text: Scheme and host, perhaps a port and a path: nothing else.
    /// - Throws: ``TwilioSettingsError``.
    public init(_ text: String) throws(TwilioSettingsError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, scheme == "https" || scheme == "http",
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            parts.port.map({ (1...65535).contains($0) }) ?? true
        else {
            throw TwilioSettingsError("the public address", expected: "https://HOST, perhaps with a port and a path", got: text)
        }
        self.scheme = scheme
        self.host = host
        self.port = parts.port
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// Where the status of one attempt is to be reported.
    func statusCallback(touch: Int64, attempt: Int) -> String {
        written(port: port) + Self.statusPath + "?touch=\(touch)&attempt=\(attempt)"
    }

    /// The address with and without its port: Twilio signs one or the other (so does its own `RequestValidator` try both).
    ///
    /// - Parameter pathAndQuery: As the request line has it, the configured path left out.
    func signed(_ pathAndQuery: String) -> [String] {
        [written(port: nil) + pathAndQuery, written(port: port ?? (scheme == "https" ? 443 : 80)) + pathAndQuery]
    }

    private func written(port: Int?) -> String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)" }
}
