internal import Foundation

/// How e-mail goes out and comes in.
struct MailConfiguration: Sendable {
    static let keys = [
        "smtp.host", "smtp.port", "smtp.security", "smtp.user", "smtp.password_file", "smtp.from", "smtp.reply_domain", "smtp.ca_file",
        "mail.maildir", "mail.hook_secret_file",
    ]

    let host: String
    let port: Int
    /// starttls, tls, or none (this machine only).
    let security: String
    let user: String?
    let password: String?
    /// The sender's address; each rooftop's name stands before it.
    let from: String
    /// Whose mail comes back here: the part after the @ of Reply-To and Message-ID.
    let replyDomain: String
    /// Certificates to trust besides the system's; nil for those alone.
    let certificates: String?
    /// Where replies arrive; nil when they don't come as files.
    let maildir: String?
    /// What the path of the inbound route must carry; nil when there is none.
    let hookSecret: String?

    /// Nil when no e-mail is sent.
    init?(_ settings: Settings) {
        guard settings.hasAny(of: "smtp") else { return nil }
        host = settings.text("smtp.host", expected: "the mail server's name")
        security = settings.choice("smtp.security", default: "starttls", of: ["starttls", "tls", "none"])
        port = settings.number("smtp.port", default: security == "tls" ? 465 : 587, in: 1...65535)
        user = settings.optionalText("smtp.user")
        password = user == nil ? nil : settings.secret("smtp.password")
        from = settings.text("smtp.from", expected: "the sender's address, as service@example.com")
        replyDomain = settings.optionalText("smtp.reply_domain") ?? from.split(separator: "@").last.map(String.init) ?? ""
        certificates = settings.optionalText("smtp.ca_file")
        maildir = settings.optionalText("mail.maildir")
        hookSecret = settings.optionalText("mail.hook_secret_file") == nil ? nil : settings.secret("mail.hook_secret")
        if !from.isEmpty, from.split(separator: "@").count != 2 { settings.fault("smtp.from", expected: "an address as service@example.com", got: from) }
        if security == "none", !["127.0.0.1", "localhost", "::1"].contains(host) {
            settings.fault("smtp.security", "none is for a server on this machine only; \(host) needs starttls or tls")
        }
        if let maildir, !FileManager.default.fileExists(atPath: maildir + "/new") {
            settings.fault("mail.maildir", "\(maildir) is no maildir: it has no folder new")
        }
    }
}
