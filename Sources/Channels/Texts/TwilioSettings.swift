/// What is needed to send texts through one Twilio account.
///
/// It is never printed with its token: its description names the account only.
public struct TwilioSettings: Sendable, Equatable {
    /// Whom texts come from.
    public enum Sender: Sendable, Equatable {
        /// A messaging service's SID, "MG…": Twilio picks the number.
        case messagingService(String)
        /// A number of the account, E.164.
        case number(String)
    }

    /// Twilio's own address for its API.
    public static let twilioAPI = "https://api.twilio.com"

    /// "AC…", 34 characters.
    public let accountSID: String
    let authToken: String
    public let sender: Sender
    /// Where the API is, without a slash at its end; ``twilioAPI`` but for tests.
    public let apiURL: String
    /// A PEM file of the authorities to trust instead of the system's.
    public let authoritiesFile: String?
    /// Where Twilio reaches Revisit.
    public let webhooks: WebhookURL
    /// For the name's lookup, the connection and the TLS handshake, each.
    public let connectTimeoutSeconds: Int64
    /// From the start of a request to the end of its answer.
    public let answerTimeoutSeconds: Int64
    /// What the sender's carriers take: 1 for a US long code, 3 for a toll-free number, 100 for a short code, by Twilio's documentation of queueing and rate limits.
    public let textsPerSecond: Double
    /// How long to wait after a refusal for too many requests that doesn't say how long, and after a full queue.
    public let backOffSeconds: Int64

    /// - Throws: ``TwilioSettingsError``, in words that say what was expected.
    public init(
        accountSID: String, authToken: String, sender: Sender, webhooks: WebhookURL, apiURL: String = TwilioSettings.twilioAPI, authoritiesFile: String? = nil,
        connectTimeoutSeconds: Int64 = 10, answerTimeoutSeconds: Int64 = 30, textsPerSecond: Double = 1, backOffSeconds: Int64 = 60
    ) throws(TwilioSettingsError) {
        guard Self.isSID(accountSID, prefix: "AC") else {
            throw TwilioSettingsError("the account SID", expected: "AC and 32 hexadecimal digits", got: "\(accountSID.count) characters")
        }
        guard !authToken.isEmpty, authToken.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw TwilioSettingsError("the auth token", expected: "printable characters without spaces", got: "\(authToken.count) characters")
        }
        switch sender {
        case .messagingService(let sid):
            guard Self.isSID(sid, prefix: "MG") else {
                throw TwilioSettingsError("the messaging service", expected: "MG and 32 hexadecimal digits", got: "\(sid.count) characters")
            }
        case .number(let number):
            guard number.first == "+", (8...15).contains(number.count - 1), number.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw TwilioSettingsError("the sender's number", expected: "E.164, a plus and 8 to 15 digits", got: "\(number.count) characters")
            }
        }
        guard apiURL.hasPrefix("https://") || apiURL.hasPrefix("http://"), !apiURL.hasSuffix("/"), !apiURL.contains("?") else {
            throw TwilioSettingsError("the API's address", expected: "http or https, without a slash at the end", got: apiURL)
        }
        for (name, seconds) in [("connect", connectTimeoutSeconds), ("answer", answerTimeoutSeconds), ("back-off", backOffSeconds)] {
            guard (1...3600).contains(seconds) else {
                throw TwilioSettingsError("the \(name) time", expected: "1 to 3600 seconds", got: "\(seconds)")
            }
        }
        guard textsPerSecond >= 0.001, textsPerSecond <= 1000 else {
            throw TwilioSettingsError("the sender's rate", expected: "0.001 to 1000 texts a second", got: "\(textsPerSecond)")
        }
        self.accountSID = accountSID
        self.authToken = authToken
        self.sender = sender
        self.apiURL = apiURL
        self.authoritiesFile = authoritiesFile
        self.webhooks = webhooks
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.answerTimeoutSeconds = answerTimeoutSeconds
        self.textsPerSecond = textsPerSecond
        self.backOffSeconds = backOffSeconds
    }

    /// What checks that a webhook's request came from this account.
    public var signature: TwilioSignature { TwilioSignature(authToken: authToken, webhooks: webhooks) }

    private static func isSID(_ text: String, prefix: String) -> Bool {
        text.hasPrefix(prefix) && text.utf8.count == 34 && text.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension TwilioSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Twilio account \(accountSID)" }
    public var debugDescription: String { description }
    /// Only the account, so that `dump` and a failed expectation don't show the token either.
    public var customMirror: Mirror { Mirror(self, children: ["accountSID": accountSID]) }
}
