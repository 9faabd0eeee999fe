import FollowUp
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStorage
import Testing

@testable import Server

/// What a link's page does, and what opening it doesn't.
@Suite struct LinkTests {
    let fixture: Fixture
    let path = "/visit/brakes/\(Fixture.token)"

    init() async throws {
        fixture = try await Fixture()
    }

    @Test("the page tells rooftop, vehicle, day and work, and has three buttons")
    func landing() async throws {
        try await fixture.application().test(.router) { client async throws in
            let response = try await client.get(path)
            #expect(response.status == .ok)
            for part in ["Lakeside Ford", "2019 Ford Escape", "Friday, March 6", "Book a time", "Call me", "Stop these messages", "tel:3125550100"] {
                #expect(response.text.contains(part), "\(part)")
            }
            #expect(response.text.contains("<li>"))
            #expect(!response.text.contains("Ana") && !response.text.contains(Fixture.phone))
            #expect(!response.text.contains("<script") && !response.text.contains("src=") && !response.text.contains("http"))
        }
    }

    @Test("opening a link never books or opts out: a person, HEAD, prefetch and a hundred scanners")
    func openingChangesNothing() async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await client.get(path).status == .ok)
            #expect(try await client.get(path + "?action=stop").status == .ok)
            #expect(try await client.get("/u/\(Fixture.token)?List-Unsubscribe=One-Click").status == .ok)
            let head = try await client.execute(uri: path, method: .head, headers: [.userAgent: browser])
            #expect(head.status == .ok && head.body.readableBytes == 0 && head.headers[.contentLength] != "0")
            for header in ["Purpose", "Sec-Purpose"] {
                let name = try #require(HTTPField.Name(header))
                #expect(try await client.get(path, [.userAgent: browser, name: "prefetch;prerender"]).status == .ok)
            }
            let agents = ["Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "BarracudaCentral/1.0 scanner", "python-requests/2.31", ""]
            for hit in 0..<100 {
                fixture.clock.move(seconds: 2)
                #expect(try await client.get(path, [.userAgent: agents[hit % agents.count]]).status == .ok)
            }
        }
        #expect(fixture.links.people == 3)
        #expect(fixture.links.machines == 103)
        #expect(try await fixture.ended() == nil)
        #expect(try await fixture.durableEntries().isEmpty)
    }

    @Test("a button acts once however often it is pressed", arguments: ["book", "call"])
    func pressing(action: String) async throws {
        try await fixture.application().test(.router) { client async throws in
            for _ in 0..<5 {
                let response = try await client.post(path, "action=\(action)")
                #expect(response.status == .ok && response.text.contains("Thank you"))
            }
        }
        #expect(try await fixture.durableEntries() == [action == "book" ? .booking : .callRequest])
        #expect(try await fixture.ended() == (action == "book" ? .booked : .replied))
    }

    @Test("asking for a call again on another day is heard again")
    func callAgain() async throws {
        try await fixture.application().test(.router) { client async throws in
            _ = try await client.post(path, "action=call")
            fixture.clock.move(seconds: 86_400)
            _ = try await client.post(path, "action=call")
        }
        #expect(try await fixture.durableEntries() == [.callRequest, .callRequest])
    }

    @Test("a stop opts out, repeated it changes nothing, and after START it opts out again")
    func stopping() async throws {
        let app = fixture.application()
        try await app.test(.router) { client async throws in
            for _ in 0..<3 {
                let response = try await client.post(path, "action=stop")
                #expect(response.status == .ok && response.text.contains("opted out"))
            }
            #expect(try await fixture.ended() == .optedOut)
            let start = Inbound(rooftop: "lakeside", from: .phone(Fixture.phone), kind: .reply("START"), at: fixture.clock.now)
            #expect(try await fixture.ledger.record(start).meaning == .optIn)
            _ = try await client.post(path, "action=stop")
            // Only someone who is opted out is opted in.
            #expect(try await fixture.ledger.record(start).meaning == .optIn)
        }
    }

    @Test("one-click opt-out works in both of its encodings, without a page to see")
    func oneClick() async throws {
        let parts = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
        for (body, type) in [("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"), (parts, "multipart/form-data; boundary=x")] {
            let fixture = try await Fixture(email: true)
            try await fixture.application().test(.router) { client async throws in
                let response = try await client.post("/u/\(Fixture.token)", body, [.contentType: type])
                #expect(response.status == .ok)
            }
            #expect(try await fixture.ended() == .optedOut)
            #expect(try await fixture.durableEntries() == [.optOut])
        }
    }

    @Test("the opt-out's page asks, and its button is the same POST")
    func confirming() async throws {
        try await fixture.application().test(.router) { client async throws in
            let page = try await client.get("/u/\(Fixture.token)")
            #expect(page.text.contains("name=\"List-Unsubscribe\" value=\"One-Click\""))
            #expect(try await client.post("/u/\(Fixture.token)", "List-Unsubscribe=yes").status == .badRequest)
            #expect(try await fixture.ended() == nil)
        }
    }

    @Test(
        "a POST without a known action is refused and does nothing",
        arguments: [
            "", "action=", "action=Stop", "action=delete", "action=stop&action=book", "action=%zz", "action=stop%", "action=sto%C3", "ACTION=stop",
            "{\"action\":\"stop\"}", "action%3Dstop", "=stop", "&&&", "action=stop%00",
        ])
    func unknownAction(body: String) async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await client.post(path, body).status == .badRequest)
            #expect(try await client.post(path, "action=stop", [.contentType: "application/json"]).status == .badRequest)
            #expect(try await client.post(path, "action=stop", [.contentType: "text/plain"]).status == .badRequest)
        }
        #expect(try await fixture.durableEntries().isEmpty)
    }

    @Test("an escaped action is the same action")
    func escapedAction() async throws {
        try await fixture.application().test(.router) { client async throws in
            #expect(try await client.post(path, "x=%E2%82%AC&%61ction=st%6Fp&y", [.contentType: "application/x-www-form-urlencoded; charset=utf-8"]).status == .ok)
        }
        #expect(try await fixture.ended() == .optedOut)
    }

    @Test("a form that is too large is refused")
    func largeForm() async throws {
        try await fixture.application().test(.router) { client async throws in
            let response = try await client.post(path, "action=stop&x=" + String(repeating: "y", count: 10_000))
            #expect(response.status == .contentTooLarge)
        }
        #expect(try await fixture.ended() == nil)
    }

    @Test("unknown, malformed and expired links get the same bytes for as many lookups, whatever is asked of them")
    func identicalNotFound() async throws {
        try await fixture.application().test(.router) { client async throws in
            fixture.clock.move(seconds: Int64(BookingLink.daysValid) * 86_400)
            let expected = try await client.get(path)
            #expect(expected.status == .notFound)
            let lookups = fixture.links.lookupCount
            let paths = ["/visit/zzzzzzzzzz", "/ABCDEFGHIJ", "/abcdefghi1", "/short", "/a/b/c/d/", "/%61bcdefghij", "/u/zzzzzzzzzz", "/u/x", "/..%2f..%2fetc", "/é"]
            for other in paths {
                fixture.clock.move(seconds: 60)
                let response = try await client.get(other)
                #expect(response.status == .notFound, "\(other)")
                #expect(response.body == expected.body && response.headers == expected.headers, "\(other)")
            }
            #expect(fixture.links.lookupCount == lookups + paths.count)
            for other in [path, "/x/zzzzzzzzzz", "/u/zzzzzzzzzz"] {
                let response = try await client.post(other, "action=stop")
                #expect(response.status == .notFound && response.body == expected.body && response.headers == expected.headers)
            }
            for method in [HTTPRequest.Method.put, .delete, .options] {
                let response = try await client.execute(uri: path, method: method)
                #expect(response.status == .notFound && response.body == expected.body && response.headers == expected.headers)
            }
        }
        #expect(fixture.links.people == 0 && fixture.links.machines == 0)
    }

    @Test("every page forbids scripts, frames, keeping, indexing and telling where one came from")
    func headers() async throws {
        try await fixture.application().test(.router) { client async throws in
            for uri in [path, "/nothing", "/u/\(Fixture.token)", "/healthz"] {
                let headers = try await client.get(uri).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
                #expect(headers[.cacheControl] == "no-store")
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[try #require(HTTPField.Name("X-Robots-Tag"))]?.contains("noindex") == true)
                #expect(headers[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
            }
        }
    }

    @Test("too many requests of one client are told when to come again; another client isn't held up")
    func clientLimit() async throws {
        var settings = WebSettings()
        settings.clientRate = RequestRate(perMinute: 6, burst: 3)
        settings.trustedProxyHops = 1
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        try await fixture.application(settings).test(.router) { client async throws in
            func status(_ address: String) async throws -> TestResponse { try await client.get(path, [.userAgent: browser, forwarded: address]) }
            for _ in 0..<3 { #expect(try await status("203.0.113.7").status == .ok) }
            let refused = try await status("198.51.100.1, 203.0.113.7")
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "10")
            #expect(try await status("203.0.113.8").status == .ok)
            fixture.clock.move(seconds: 9)
            #expect(try await status("203.0.113.7").status == .tooManyRequests)
            fixture.clock.move(seconds: 1)
            #expect(try await status("203.0.113.7").status == .ok)
        }
    }

    @Test("without trusted proxies a client can't invent addresses for itself; one-click opt-outs from one address go on")
    func inventedAddress() async throws {
        var settings = WebSettings()
        settings.clientRate = RequestRate(perMinute: 6, burst: 3)
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        try await fixture.application(settings).test(.router) { client async throws in
            var refused = 0
            for number in 0..<10 where try await client.get(path, [forwarded: "203.0.113.\(number)"]).status == .tooManyRequests { refused += 1 }
            #expect(refused == 7)
            for _ in 0..<10 { #expect(try await client.post("/u/\(Fixture.token)", "List-Unsubscribe=One-Click").status == .ok) }
        }
    }

    @Test("a ledger that fails lets nobody believe that they are opted out")
    func failing() async throws {
        let failing = FailingLedger()
        let ledgers = WebApplication.Ledgers(inbox: failing, links: fixture.ledger, deliveries: failing)
        try await fixture.application(ledgers: ledgers).test(.router) { client async throws in
            let response = try await client.post(path, "action=stop")
            #expect(response.status == .serviceUnavailable)
            #expect(response.text.contains("wasn't saved"))
            #expect(try await client.post("/u/\(Fixture.token)", "List-Unsubscribe=One-Click").status == .serviceUnavailable)
        }
        #expect(fixture.metrics.exposition().contains("web_ledger_failures_total{place=\"link action\"} 2"))
    }
}
