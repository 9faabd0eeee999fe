import Testing

@testable import Channels

@Suite struct SettingsTests {
    @Test("a public address is scheme and host, perhaps with port and path", arguments: ["https://a.example", "http://127.0.0.1:8080", "https://a.example:8443/revisit/"])
    func addresses(text: String) throws {
        _ = try WebhookURL(text)
    }

    @Test("any other public address is refused", arguments: ["", "a.example", "ftp://a.example", "https://", "https://u:p@a.example", "https://a.example?x=1", "https://a.example#x", "https://a.example:0"])
    func badAddresses(text: String) {
        #expect(throws: TwilioSettingsError.self) { try WebhookURL(text) }
    }

    @Test("a wrong setting is refused in words, and the token isn't among them")
    func refused() throws {
        let webhooks = try WebhookURL("https://a.example")
        let sid = "AC" + String(repeating: "0", count: 32)
        func words(_ settings: () throws -> TwilioSettings) -> String {
            do { return "\(try settings())" } catch { return "\(error)" }
        }
        #expect(words { try TwilioSettings(accountSID: "AC1", authToken: "t", sender: .number("+15005550006"), webhooks: webhooks) } == "expected the account SID to be AC and 32 hexadecimal digits, got: 3 characters")
        #expect(words { try TwilioSettings(accountSID: sid, authToken: "a secret", sender: .number("+15005550006"), webhooks: webhooks) } == "expected the auth token to be printable characters without spaces, got: 8 characters")
        #expect(words { try TwilioSettings(accountSID: sid, authToken: "t", sender: .number("5005550006"), webhooks: webhooks) } == "expected the sender's number to be E.164, a plus and 8 to 15 digits, got: 10 characters")
        #expect(words { try TwilioSettings(accountSID: sid, authToken: "t", sender: .messagingService("MG"), webhooks: webhooks) } == "expected the messaging service to be MG and 32 hexadecimal digits, got: 2 characters")
        #expect(words { try TwilioSettings(accountSID: sid, authToken: "t", sender: .number("+15005550006"), webhooks: webhooks, textsPerSecond: 0) } == "expected the sender's rate to be 0.001 to 1000 texts a second, got: 0.0")
        let settings = try TwilioSettings(accountSID: sid, authToken: "s3cret", sender: .number("+15005550006"), webhooks: webhooks)
        var dumped = "\(settings)\(String(reflecting: settings))"
        dump(settings, to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }
}
