import FollowUp
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStorage
import Testing

@testable import FollowUp
@testable import Server

/// What a provider of texts tells, and what it is answered.
@Suite struct TextHookTests {
    let fixture: Fixture
    let signed: HTTPFields = [HTTPField.Name("X-Twilio-Signature")!: "right"]

    init() async throws {
        fixture = try await Fixture()
    }

    private func sid(_ number: Int) -> String { "SM" + String(repeating: "a", count: 31) + "\(number)" }

    private func text(_ body: String, _ number: Int = 1, from: String = "%2B13125550142", more: String = "") -> String {
        "MessageSid=\(sid(number))&From=\(from)&To=%2B15005550006&Body=\(body)\(more)"
    }

    @Test("a STOP opts out durably, is confirmed once, and its repetition gets the same answer and changes nothing")
    func stop() async throws {
        try await fixture.application().test(.router) { client async throws in
            let first = try await client.post("/hooks/twilio/inbound", text("STOP"), signed)
            #expect(first.status == .ok)
            #expect(first.headers[.contentType] == "text/xml; charset=utf-8")
            #expect(first.text.contains("<Message>Lakeside Ford: you are opted out"))
            #expect(try await fixture.ended() == .optedOut)
            #expect(try await fixture.durableEntries() == [.reply("STOP", .optOut)])
            let again = try await client.post("/hooks/twilio/inbound", text("STOP"), signed)
            #expect(again.text == first.text)
            let second = try await client.post("/hooks/twilio/inbound", text("stop", 2), signed)
            #expect(second.text.contains("<Response/>"))
            #expect(try await fixture.durableEntries().count == 2)
            let start = try await client.post("/hooks/twilio/inbound", text("START", 3), signed)
            #expect(start.text.contains("Reply HELP for help, STOP to opt out"))
        }
    }

    @Test("HELP tells who we are, how to call and how to stop")
    func help() async throws {
        let rooftops = RooftopDirectory([RooftopFacts(id: "lakeside", name: "Smith & <Sons>", phone: "312-555-0100")], fallback: "lakeside")
        try await fixture.application(rooftops: rooftops).test(.router) { client async throws in
            let response = try await client.post("/hooks/twilio/inbound", text("help"), signed)
            #expect(response.text.contains("<Message>Smith &amp; &lt;Sons&gt;:"))
            #expect(response.text.contains("312-555-0100") && response.text.contains("STOP"))
        }
        #expect(try await fixture.ended() == nil)
    }

    @Test("a picture alone is a reply, and words that aren't clear hold everything")
    func pictureAndDoubt() async throws {
        try await fixture.application().test(.router) { client async throws in
            let picture = try await client.post("/hooks/twilio/inbound", text("", more: "&NumMedia=1"), signed)
            #expect(picture.text.contains("<Response/>"))
            _ = try await client.post("/hooks/twilio/inbound", text("can+I+stop+by+Tuesday%3F", 2), signed)
        }
        #expect(try await fixture.durableEntries() == [.reply("(picture)", .reply), .reply("can I stop by Tuesday?", .ambiguous)])
        #expect(try await fixture.ledger.conversations(rooftops: nil, states: [.open], limit: 1).first?.isHeld == true)
    }

    @Test("a stranger's STOP belongs to the rooftop of the number that they wrote to, or to the one for strangers")
    func strangers() async throws {
        let rooftops = RooftopDirectory(
            [RooftopFacts(id: "hillside", name: "Hillside"), RooftopFacts(id: "lakeside", name: "Lakeside")], senders: ["+15005550006": "hillside"],
            fallback: "lakeside")
        try await fixture.application(rooftops: rooftops).test(.router) { client async throws in
            #expect(try await client.post("/hooks/twilio/inbound", text("STOP", from: "%2B13125550999"), signed).text.contains("Hillside"))
            let other = text("STOP", 2, from: "%2B13125550998").replacing("15005550006", with: "15005550007")
            #expect(try await client.post("/hooks/twilio/inbound", other, signed).text.contains("Lakeside"))
            #expect(try await client.post("/hooks/twilio/inbound", text("STOP", 3), signed).text.contains("Lakeside"), "who wrote last counts first")
        }
    }

    @Test("what isn't signed is refused without a word of why, and nothing of it is kept")
    func unsigned() async throws {
        try await fixture.application().test(.router) { client async throws in
            let wrong: HTTPFields = [HTTPField.Name("X-Twilio-Signature")!: "wrong"]
            for headers in [[:], wrong] as [HTTPFields] {
                for path in ["/hooks/twilio/inbound", "/hooks/twilio/status"] {
                    for body in [text("STOP"), "", "%zz"] {
                        let response = try await client.post(path, body, headers)
                        #expect(response.status == .forbidden && response.text == "Forbidden.\n")
                    }
                }
            }
            #expect(try await client.get("/hooks/twilio/inbound").status == .notFound)
        }
        #expect(try await fixture.durableEntries().isEmpty)
    }

    @Test("what is signed and can't be read is 400, what is too large 413")
    func malformed() async throws {
        try await fixture.application().test(.router) { client async throws in
            let response = try await client.post("/hooks/twilio/inbound", "MessageSid=\(sid(1))&From=%2B1", signed)
            #expect(response.status == .badRequest)
            #expect(try await client.post("/hooks/twilio/status", "MessageSid=\(sid(1))&MessageStatus=eaten", signed).status == .badRequest)
            let large = text(String(repeating: "x", count: 70_000))
            #expect(try await client.post("/hooks/twilio/inbound", large, signed).status == .contentTooLarge)
        }
    }

    @Test("a status moves its touch, and repeated or late ones change nothing")
    func status() async throws {
        let path = "/hooks/twilio/status?touch=\(fixture.touch.number)&attempt=1"
        let sid = "SM" + String(repeating: "0", count: 32)
        try await fixture.application().test(.router) { client async throws in
            for status in ["sent", "delivered", "delivered", "sent"] {
                #expect(try await client.post(path, "MessageSid=\(sid)&MessageStatus=\(status)", signed).status == .noContent)
            }
            #expect(try await client.post("/hooks/twilio/status", "MessageSid=\(self.sid(9))&MessageStatus=sent", signed).status == .noContent)
        }
        #expect(try await fixture.ledger.history(of: fixture.touch)?.state == .delivered)
    }

    @Test("a ledger that fails is 503, so that the provider tells again, and what was said stays out of the log")
    func failing() async throws {
        let failing = FailingLedger()
        let ledgers = WebApplication.Ledgers(inbox: failing, links: fixture.ledger, deliveries: failing)
        try await fixture.application(ledgers: ledgers).test(.router) { client async throws in
            let inbound = try await client.post("/hooks/twilio/inbound", text("STOP"), signed)
            #expect(inbound.status == .serviceUnavailable && inbound.headers[.retryAfter] != nil)
            #expect(try await client.post("/hooks/twilio/status", "MessageSid=\(sid(1))&MessageStatus=sent", signed).status == .serviceUnavailable)
        }
        let log = fixture.log.lines.joined(separator: "\n")
        #expect(log.contains("FullDisk") && log.contains(sid(1)))
        #expect(!log.contains("3125550142") && !log.contains("STOP"))
    }

    @Test("an opt-out is acknowledged only when no send to the address is under way", arguments: ["text", "button", "one click"])
    func gate(way: String) async throws {
        await fixture.gate.enter([Fixture.phone])
        let isAnswered = Flag()
        try await fixture.application().test(.router) { client async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let response =
                        switch way {
                        case "text": try await client.post("/hooks/twilio/inbound", text("STOP"), signed)
                        case "button": try await client.post("/x/\(Fixture.token)", "action=stop")
                        case _: try await client.post("/u/\(Fixture.token)", "List-Unsubscribe=One-Click")
                        }
                    isAnswered.raise()
                    #expect(response.status == .ok)
                }
                // The opt-out is durable before anyone waits.
                while try await fixture.ended() != .optedOut { await Task.yield() }
                for number in 2..<5 {
                    let other = try await client.post("/hooks/twilio/inbound", text("hello", number, from: "%2B13125550999"), signed)
                    #expect(other.status == .ok, "nobody else waits")
                }
                #expect(!isAnswered.isUp)
                await fixture.gate.leave(Fixture.phone)
                try await group.waitForAll()
            }
        }
    }
}
