import FollowUp
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStorage
import Testing

@testable import Server

@Suite struct MailHookTests {
    let fixture: Fixture
    let path = "/hooks/mail/a-long-and-secret-word"

    init() async throws {
        fixture = try await Fixture(email: true)
    }

    private func post(_ client: any TestClientProtocol, _ message: String, _ headers: HTTPFields = [:], at path: String? = nil) async throws -> TestResponse {
        try await client.post(path ?? self.path, message, headers.isEmpty ? [.contentType: "message/rfc822"] : headers)
    }

    @Test("a reply is stored once, for whom the touch was sent to and not for whom it says it is from")
    func reply() async throws {
        try await fixture.application().test(.router) { client async throws in
            let message = "reply\n<1@example.com>\nMallory@Example.com\n\(Fixture.token)\nplease stop emailing me"
            for _ in 0..<2 { #expect(try await post(client, message).status == .noContent) }
        }
        #expect(try await fixture.durableEntries() == [.reply("please stop emailing me", .optOut)])
        #expect(try await fixture.ended() == .optedOut)
    }

    @Test("a reply without a token belongs to its sender's own conversation")
    func withoutToken() async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await post(client, "reply\n<1@example.com>\nANA@example.com\n\nFriday works").status == .noContent)
            #expect(try await post(client, "reply\n<2@example.com>\nstranger@example.com\nzzzzzzzzzz\nwho are you").status == .noContent)
        }
        #expect(try await fixture.ended() == .replied)
        #expect(try await fixture.ledger.conversations(rooftops: ["lakeside"], states: [.open], limit: 9).count == 2)
    }

    @Test("a bounce reports its message, a machine's answer is no answer, and what is no mail is refused")
    func others() async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await post(client, "automatic\n").status == .noContent)
            #expect(try await post(client, "garbage").status == .badRequest)
            #expect(try await fixture.ledger.history(of: fixture.touch)?.state == .accepted)
            #expect(try await post(client, "bounce\nSM" + String(repeating: "0", count: 32)).status == .noContent)
        }
        #expect(try await fixture.ledger.history(of: fixture.touch)?.state == .undelivered)
        #expect(try await fixture.durableEntries().isEmpty)
    }

    @Test("a complaint is an opt-out of whom the message went to, once; of an unknown message nothing follows")
    func complaint() async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await post(client, "complaint\nzzzzzzzzzz\n<0@fbl.example>").status == .noContent)
            #expect(try await fixture.durableEntries().isEmpty)
            for _ in 0..<2 { #expect(try await post(client, "complaint\n\(Fixture.token)\n<1@fbl.example>").status == .noContent) }
        }
        #expect(try await fixture.durableEntries().count == 1)
        #expect(try await fixture.ended() == .optedOut)
    }

    @Test("only who knows the secret may post, in the path or in a header")
    func secret() async throws {
        let bearer: HTTPFields = [.authorization: "Bearer a-long-and-secret-word"]
        try await fixture.application().test(.router) { client async throws in
            #expect(try await post(client, "automatic", bearer, at: "/hooks/mail").status == .noContent)
            for wrong in ["/hooks/mail", "/hooks/mail/a-long-and-secret-worD", "/hooks/mail/a"] {
                #expect(try await post(client, "automatic", at: wrong).status == .forbidden)
            }
        }
        try await fixture.application(WebSettings()).test(.router) { client async throws in
            #expect(try await post(client, "automatic", at: "/hooks/mail/").status == .notFound)
        }
    }

    @Test("a message that is too large is 413; a ledger that fails is 503")
    func limits() async throws {
        var settings = WebSettings(mailSecret: "a-long-and-secret-word")
        settings.mailBytesMost = 100
        try await fixture.application(settings).test(.router) { client async throws in
            #expect(try await post(client, "automatic" + String(repeating: "\n", count: 100)).status == .contentTooLarge)
        }
        let failing = FailingLedger()
        let ledgers = WebApplication.Ledgers(inbox: failing, links: fixture.ledger, deliveries: failing)
        try await fixture.application(ledgers: ledgers).test(.router) { client async throws in
            #expect(try await post(client, "reply\n<1@x>\nana@example.com\n\nhi").status == .serviceUnavailable)
            #expect(try await post(client, "bounce\nx").status == .serviceUnavailable)
            #expect(try await post(client, "complaint\n\(Fixture.token)\n<1@x>").status == .serviceUnavailable)
        }
    }
}
