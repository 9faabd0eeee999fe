import Channels
import FollowUp
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStorage
import Testing

@testable import Server

/// Over real connections on loopback.
@Suite struct LiveTests {
    @Test("texts that Twilio's own library signed are taken, as often as they come, and a 2xx is on the disk")
    func twilio() async throws {
        let fixture = try await Fixture()
        let token = "0123456789abcdef0123456789abcdef"
        let signature = TwilioSignature(authToken: token, webhooks: try WebhookURL("https://texts.example.com"))
        let texts = TwilioTexts { signature.accepts($0, signature: $1) }
        let header = try #require(HTTPField.Name(TwilioSignature.header))
        let inbound = [
            ("MessageSid", "SM" + String(repeating: "b", count: 32)), ("From", Fixture.phone), ("To", "+15005550006"),
            ("Body", "Stop, s'il vous plaît & thanks = 👍"), ("NumMedia", "0"),
        ]
        let status = [("MessageSid", "SM" + String(repeating: "0", count: 32)), ("MessageStatus", "delivered")]
        let statusPath = "/hooks/twilio/status?touch=\(fixture.touch.number)&attempt=1"
        let inboundSignature = try await TwilioSigner.signature(token: token, url: "https://texts.example.com/hooks/twilio/inbound", inbound)
        let statusSignature = try await TwilioSigner.signature(token: token, url: "https://texts.example.com" + statusPath, status)
        try await fixture.application(texts: texts).test(.live) { client async throws in
            var answers: Set<String> = []
            for _ in 0..<3 {
                let response = try await client.post("/hooks/twilio/inbound", Self.form(inbound), [header: inboundSignature])
                #expect(response.status == .ok)
                answers.insert(response.text)
            }
            #expect(answers.count == 1)
            #expect(try await client.post(statusPath, Self.form(status), [header: statusSignature]).status == .noContent)
            #expect(try await client.post(statusPath + "&x=1", Self.form(status), [header: statusSignature]).status == .forbidden)
            #expect(try await client.post("/hooks/twilio/inbound", Self.form(status), [header: inboundSignature]).status == .forbidden)
            // While the server runs, another ledger on the file sees it all.
            #expect(try await fixture.durableEntries().count == 1)
            let second = try SQLiteLedger(path: fixture.folder.path)
            #expect(try await second.history(of: fixture.touch)?.state == .delivered)
        }
    }

    @Test("a link over a real connection: GET, HEAD without a body, POST, and the client's own address for its limit")
    func link() async throws {
        let fixture = try await Fixture()
        var settings = WebSettings()
        settings.clientRate = RequestRate(perMinute: 1, burst: 3)
        try await fixture.application(settings).test(.live) { client async throws in
            let page = try await client.get("/v/\(Fixture.token)")
            #expect(page.status == .ok && page.text.contains("Lakeside Ford"))
            let head = try await client.execute(uri: "/v/\(Fixture.token)", method: .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            #expect(try await client.post("/v/\(Fixture.token)", "action=book").status == .ok)
            #expect(try await client.get("/v/\(Fixture.token)").status == .tooManyRequests)
        }
        #expect(try await fixture.durableEntries() == [.booking])
    }

    @Test("hundreds of bodies at random break nothing: each is refused, and the server answers the next", arguments: [7 as UInt64, 8])
    func randomBodies(seed: UInt64) async throws {
        let fixture = try await Fixture()
        var random = SeededGenerator(seed: seed)
        let bodies = (0..<150).map { _ in (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) } }
        try await fixture.application().test(.live) { client async throws in
            for body in bodies {
                fixture.clock.move(seconds: 10)
                let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
                let link = try await client.execute(uri: "/v/\(Fixture.token)", method: .post, headers: form, body: ByteBuffer(bytes: body))
                #expect(link.status == .badRequest, "seed \(seed)")
                let hook = try await client.execute(uri: "/hooks/twilio/inbound", method: .post, headers: form, body: ByteBuffer(bytes: body))
                #expect(hook.status == .forbidden, "seed \(seed)")
            }
            #expect(try await client.get("/healthz").status == .ok)
        }
        #expect(try await fixture.durableEntries().isEmpty)
    }

    private static func form(_ parameters: [(String, String)]) -> String {
        let plain = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: Unicode.Scalar(0)..<Unicode.Scalar(128)))
        return parameters.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: plain) ?? "")" }.joined(separator: "&")
    }
}
