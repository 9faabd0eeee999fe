import Channels
import Testing

@Suite struct SMTPSettingsTests {
    @Test("mail goes without TLS to this machine only")
    func plain() throws {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1"] {
            _ = try SMTPSettings(host: host, port: 25, security: .none, heloName: "a.example")
        }
        for host in ["mail.example", "10.0.0.1", "127.example", "localhost.example", "127.0.0.1.example"] {
            #expect(throws: SMTPSettingsError.self, "\(host)") {
                try SMTPSettings(host: host, port: 25, security: .none, heloName: "a.example")
            }
        }
    }

    @Test("a setting that can't be used is named with what was expected")
    func words() {
        #expect {
            try SMTPSettings(host: "mail.example", port: 0, security: .tls, heloName: "a.example")
        } throws: { "\($0)" == "expected port to be 1 to 65535, got: 0" }
        for host in ["", "mail.example/x", "user@mail.example", "mail example", "mail.example\r\n"] {
            #expect(throws: SMTPSettingsError.self) { try SMTPSettings(host: host, port: 25, security: .tls, heloName: "a.example") }
        }
    }

    @Test("a login never shows its password")
    func secret() throws {
        let settings = try SMTPSettings(
            host: "mail.example", port: 465, security: .tls, login: .init(user: "us", password: "hush"), heloName: "a.example")
        #expect(!"\(settings)".contains("hush"))
    }
}
