/// How to reach the server that takes our e-mail.
public struct SMTPSettings: Sendable, Equatable {
    public enum Security: String, Sendable, CaseIterable {
        /// Plain at first, then TLS before anything else is said; without it nothing is sent. Port 587.
        case startTLS = "starttls"
        /// TLS from the first byte. Port 465.
        case tls
        /// Only to this machine itself.
        case none
    }

    public struct Login: Sendable, Equatable, CustomStringConvertible {
        public let user: String
        public let password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        /// Without the password, so that no log shows it.
        public var description: String { "login" }
    }

    public static let totalTimeoutSecondsUsual = 300
    public static let totalTimeoutSecondsRange = 1...900

    public let host: String
    public let port: Int
    public let security: Security
    public let login: Login?
    /// A PEM file of the authorities to trust instead of the system's.
    public let authoritiesFile: String?
    /// What we call ourselves in EHLO: a host's name.
    public let heloName: String
    public let connectTimeoutSeconds: Int
    /// Up to the final dot. A server that takes longer is tried again later, and holds up what else waits no longer than this.
    public let dotTimeoutSeconds: Int
    /// For the whole transaction. RFC 5321 lets a server take 10 minutes for the answer to the final dot; ending sooner leaves the send uncertain.
    public let totalTimeoutSeconds: Int

    /// - Throws: `SMTPSettingsError` for a value outside of what is said here.
    public init(
        host: String, port: Int, security: Security, login: Login? = nil, authoritiesFile: String? = nil, heloName: String,
        connectTimeoutSeconds: Int = 15, dotTimeoutSeconds: Int = 60, totalTimeoutSeconds: Int = totalTimeoutSecondsUsual
    ) throws(SMTPSettingsError) {
        guard MailAddress.isDomain(host) || Self.isIPv6(host) else { throw .init("host", "a host's name or address", host) }
        guard (1...65_535).contains(port) else { throw .init("port", "1 to 65535", "\(port)") }
        guard MailAddress.isDomain(heloName) else { throw .init("helo_name", "a host's name", heloName) }
        if security == .none, !Self.isLoopback(host) {
            throw .init("security", "starttls or tls (none is for a server on this machine)", "none")
        }
        if let login, login.user.isEmpty || (login.user + login.password).utf8.contains(0) {
            throw .init("login", "a user and a password without NUL", "something else")
        }
        guard (1...120).contains(connectTimeoutSeconds) else {
            throw .init("connect_timeout_seconds", "1 to 120", "\(connectTimeoutSeconds)")
        }
        guard (1...900).contains(dotTimeoutSeconds) else { throw .init("dot_timeout_seconds", "1 to 900", "\(dotTimeoutSeconds)") }
        guard Self.totalTimeoutSecondsRange.contains(totalTimeoutSeconds) else { throw .init("total_timeout_seconds", "1 to 900", "\(totalTimeoutSeconds)") }
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.authoritiesFile = authoritiesFile
        self.heloName = heloName
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.dotTimeoutSeconds = dotTimeoutSeconds
        self.totalTimeoutSeconds = totalTimeoutSeconds
    }

    var url: String {
        let scheme = switch security {
        case .tls: "smtps"
        case .startTLS, .none: "smtp"
        }
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(heloName)"
    }

    private static func isLoopback(_ host: String) -> Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || host == "::1" || (bytes.count == 4 && bytes[0] == 127 && !bytes.contains(nil))
    }

    private static func isIPv6(_ host: String) -> Bool {
        host.contains(":") && host.utf8.allSatisfy { byte in
            byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || Character(Unicode.Scalar(byte)).isHexDigit
        }
    }
}
