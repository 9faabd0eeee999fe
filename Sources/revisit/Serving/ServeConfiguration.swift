internal import Channels
internal import Configuration
internal import Foundation
internal import SystemPackage

/// All that `revisit serve` is told: from one YAML file, and from the environment, which wins.
///
/// It is checked whole before anything starts, and every fault is named at once.
struct ServeConfiguration: Sendable {
    /// What is wrong with a configuration, a line each.
    struct Faulty: Error, CustomStringConvertible {
        let file: String
        let faults: [String]

        var description: String {
            "\(file) can't be used:\n" + faults.map { "  \($0)" }.joined(separator: "\n")
                + "\ndocs/reference/configuration.md lists every setting; REVISIT_HTTP_PORT and the like set them from the environment"
        }
    }

    struct Web: Sendable {
        let host: String
        let port: Int
        /// Proxies in front of it whose X-Forwarded-For is believed.
        let trustedProxies: Int
        /// What whoever reads the metrics must know; nil when everyone may who reaches the port.
        let metricsSecret: String?
    }

    let file: String
    /// The ledger's path.
    let database: String
    /// In which the rooftops' folders lie, or one of them itself.
    let rooftopsFolder: String
    /// The rooftops' folders as they were when this was read.
    let rooftops: [String]
    /// Where exports are dropped, each rooftop's into a folder of its id; nil when another process takes them in.
    let imports: String?
    /// Where customers and providers reach it: "https://go.example.com".
    let publicURL: String
    let web: Web
    /// Nil when no texts are sent.
    let texts: TwilioSettings?
    /// Nil when no e-mail is sent.
    let mail: MailConfiguration?
    let logLevel: String

    /// - Parameters:
    ///   - file: YAML.
    ///   - environment: Of the process: `REVISIT_HTTP_PORT` stands before `http.port` of the file.
    init(file: String, environment: [String: String]) async throws {
        self.file = file
        let settings = try await Settings(file: file, environment: environment)
        database = settings.text("database", default: "revisit.sqlite")
        rooftopsFolder = settings.text("rooftops", default: "scripts")
        rooftops = Self.rooftopFolders(settings, rooftopsFolder)
        imports = settings.optionalText("imports")
        publicURL = settings.text("public_url", expected: "the address under which customers reach this server, as https://go.example.com")
        web = Web(
            host: settings.text("http.host", default: "127.0.0.1"), port: settings.number("http.port", default: 8080, in: 0...65535),
            trustedProxies: settings.number("http.trusted_proxies", default: 0, in: 0...8),
            metricsSecret: settings.optionalSecret("http.metrics_secret"))
        logLevel = settings.choice("log.level", default: "info", of: ["debug", "info", "notice", "warning", "error"])
        texts = Self.texts(settings, publicURL: publicURL)
        mail = MailConfiguration(settings)
        if !publicURL.isEmpty, !Self.isPublic(publicURL) {
            settings.fault("public_url", expected: "https:// and a host, without a path (http:// for this machine only)", got: publicURL)
        }
        if mail != nil, publicURL.hasPrefix("http://") {
            settings.fault("public_url", "e-mail carries links that stop it by one click, which must be https; give an https address, or no smtp")
        }
        if let imports, !FileManager.default.fileExists(atPath: imports) {
            settings.fault("imports", "there is no folder \(imports); make it, or leave the setting out when another process imports")
        }
        try settings.checkKeys(Self.keys + MailConfiguration.keys)
        guard settings.faults.isEmpty else { throw Faulty(file: file, faults: settings.faults) }
    }

    static let keys = [
        "database", "rooftops", "imports", "public_url", "http.host", "http.port", "http.trusted_proxies", "http.metrics_secret_file", "log.level", "twilio.account_sid",
        "twilio.messaging_service", "twilio.number", "twilio.api_url", "twilio.ca_file", "twilio.texts_per_second", "twilio.auth_token_file",
        "twilio.answer_timeout_seconds",
    ]

    /// Every folder with a rooftop.lua below the one named, or that one itself.
    ///
    /// - Throws: What the file system says where there is no such folder.
    static func rooftopFolders(below root: String) throws -> [String] {
        let files = FileManager.default
        if files.fileExists(atPath: root + "/rooftop.lua") { return [root] }
        return try files.contentsOfDirectory(atPath: root).sorted().map { root + "/" + $0 }.filter { files.fileExists(atPath: $0 + "/rooftop.lua") }
    }

    private static func rooftopFolders(_ settings: Settings, _ root: String) -> [String] {
        do {
            let found = try rooftopFolders(below: root)
            if found.isEmpty { settings.fault("rooftops", "\(root) holds no folder with a rooftop.lua; revisit new makes one") }
            return found
        } catch {
            settings.fault("rooftops", "there is no folder \(root)")
            return []
        }
    }

    private static func texts(_ settings: Settings, publicURL: String) -> TwilioSettings? {
        guard settings.hasAny(of: "twilio", among: keys) else { return nil }
        let sid = settings.text("twilio.account_sid", expected: "the account's SID, AC and 32 digits")
        let service = settings.optionalText("twilio.messaging_service"), number = settings.optionalText("twilio.number")
        let token = settings.secret("twilio.auth_token")
        let rate = settings.optionalText("twilio.texts_per_second")
        let answerSeconds = settings.number("twilio.answer_timeout_seconds", default: 30, in: 1...3600)
        if (service == nil) == (number == nil) {
            settings.fault("twilio", "expected messaging_service or number, one of them, to say whom texts come from")
            return nil
        }
        guard !sid.isEmpty, let token, !publicURL.isEmpty else { return nil }
        guard let perSecond = Double(rate ?? "1") else {
            settings.fault("twilio.texts_per_second", expected: "a number", got: rate ?? "")
            return nil
        }
        do throws(TwilioSettingsError) {
            return try TwilioSettings(
                accountSID: sid, authToken: token, sender: service.map { .messagingService($0) } ?? .number(number ?? ""),
                webhooks: WebhookURL(publicURL), apiURL: settings.text("twilio.api_url", default: TwilioSettings.twilioAPI), authoritiesFile: settings.optionalFile("twilio.ca_file"),
                answerTimeoutSeconds: Int64(answerSeconds), textsPerSecond: perSecond)
        } catch {
            settings.fault("twilio", "\(error)")
            return nil
        }
    }

    private static func isPublic(_ text: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, url.path.isEmpty || url.path == "/" else { return false }
        return url.scheme == "https" || url.scheme == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(host)
    }
}
