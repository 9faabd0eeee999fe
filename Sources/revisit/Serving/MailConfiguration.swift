internal import Channels
internal import FollowUp
internal import Foundation

/// How e-mail goes out and comes in.
struct MailConfiguration: Sendable {
    static let keys = [
        "smtp.host", "smtp.port", "smtp.security", "smtp.user", "smtp.password_file", "smtp.from", "smtp.reply_domain", "smtp.ca_file",
        "smtp.helo_name", "smtp.timeout_seconds", "mail.maildir", "mail.hook_secret_file",
    ]

    let smtp: SMTPSettings
    /// The sender's address; each rooftop's name stands before it.
    let from: String
    /// Reply-To and Message-ID of what goes out, and how they are found again in what comes in.
    let addresses: TokenAddresses
    /// Where replies arrive; nil when they don't come as files.
    let maildir: String?
    /// What whoever posts mail here must know; nil when nobody does.
    let hookSecret: String?

    /// Nil when no e-mail is sent, or when something is wrong, which `settings` then knows.
    init?(_ settings: Settings) {
        guard settings.hasAny(of: "smtp", among: Self.keys) else { return nil }
        let host = settings.text("smtp.host", expected: "the mail server's name")
        let security = SMTPSettings.Security(
            rawValue: settings.choice("smtp.security", default: "starttls", of: SMTPSettings.Security.allCases.map(\.rawValue))) ?? .startTLS
        let port = settings.number("smtp.port", default: security == .tls ? 465 : 587, in: 1...65535)
        let user = settings.optionalText("smtp.user")
        let password = user == nil ? nil : settings.secret("smtp.password")
        from = settings.text("smtp.from", expected: "the sender's address, as service@example.com")
        maildir = settings.optionalText("mail.maildir")
        hookSecret = settings.optionalSecret("mail.hook_secret")
        if let maildir, !FileManager.default.fileExists(atPath: maildir + "/new") {
            settings.fault("mail.maildir", "\(maildir) is no maildir: it has no folder new")
        }
        let parts = from.split(separator: "@", omittingEmptySubsequences: false)
        if !from.isEmpty, parts.count != 2 { settings.fault("smtp.from", expected: "an address as service@example.com", got: from) }
        let domain = settings.optionalText("smtp.reply_domain") ?? parts.last.map(String.init) ?? ""
        guard let addresses = TokenAddresses(domain: domain) else {
            if !from.isEmpty { settings.fault("smtp.reply_domain", expected: "the domain whose mail comes back here", got: domain) }
            return nil
        }
        self.addresses = addresses
        let timeoutSeconds = settings.number("smtp.timeout_seconds", default: SMTPSettings.totalTimeoutSecondsUsual, in: SMTPSettings.totalTimeoutSecondsRange)
        guard !host.isEmpty, user == nil || password != nil else { return nil }
        do throws(SMTPSettingsError) {
            smtp = try SMTPSettings(
                host: host, port: port, security: security, login: user.flatMap { user in password.map { .init(user: user, password: $0) } },
                authoritiesFile: settings.optionalFile("smtp.ca_file"), heloName: settings.text("smtp.helo_name", default: domain),
                totalTimeoutSeconds: timeoutSeconds)
        } catch {
            settings.fault("smtp", "\(error)")
            return nil
        }
    }

    /// - Parameters:
    ///   - publicURL: Under which links that stop messages are found.
    ///   - name: A rooftop's name by its id; nil for one that isn't served.
    func gateway(
        clock: any WallClock, publicURL: String, name: @escaping @Sendable (String) -> String?, token: @escaping @Sendable (Touch.ID) -> String,
        watch: (@Sendable (MailMoment) -> Void)? = nil
    ) -> SMTPGateway {
        SMTPGateway(
            settings: smtp, composer: MailComposer(addresses: addresses) { publicURL + "/u/" + $0 }, token: token,
            sender: { [from] id in name(id).map { MailSender(name: $0, address: from) } }, clock: clock, watch: watch)
    }
}
