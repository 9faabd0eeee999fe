import FollowUp
import HTTPTypes
import NIOCore
import Testing

@testable import Server

/// Clients, limits, visitors and forms.
@Suite struct RequestTests {
    let now = Timestamp("2026-03-09T15:00:00Z")!

    @Test("a bucket gives its burst, then its rate, and no more than its burst after a long rest")
    func bucket() {
        let limiter = RateLimiter(client: RequestRate(perMinute: 30, burst: 2), overall: RequestRate(perMinute: 6000, burst: 1000), clientsMost: 10)
        #expect((0..<3).map { _ in limiter.admit("a", at: now) } == [.admitted, .admitted, .refused(retryAfterSeconds: 2)])
        #expect(limiter.admit("a", at: now + 1) == .refused(retryAfterSeconds: 1))
        #expect(limiter.admit("a", at: now + 2) == .admitted)
        #expect(limiter.admit("a", at: now - 1000) == .refused(retryAfterSeconds: 2), "a clock that was set back fills nothing")
        #expect((0..<3).map { _ in limiter.admit("a", at: now + 1_000_000_000_000) } == [.admitted, .admitted, .refused(retryAfterSeconds: 2)])
    }

    @Test("all clients together have a limit, and who is refused for it keeps their own allowance")
    func overall() {
        let limiter = RateLimiter(client: RequestRate(perMinute: 1, burst: 1), overall: RequestRate(perMinute: 60, burst: 2), clientsMost: 10)
        #expect(limiter.admit("a", at: now) == .admitted)
        #expect(limiter.admit("b", at: now) == .admitted)
        #expect(limiter.admit("c", at: now) == .refused(retryAfterSeconds: 1))
        #expect(limiter.admit("c", at: now + 1) == .admitted)
        #expect(limiter.admit(nil, at: now + 1) == .refused(retryAfterSeconds: 1))
    }

    @Test("a flood of clients doesn't grow what is remembered, and the busy one among them isn't forgotten")
    func flood() {
        let limiter = RateLimiter(client: RequestRate(perMinute: 1, burst: 3), overall: RequestRate(perMinute: 1, burst: 1_000_000), clientsMost: 100)
        var admitted = 0
        for number in 0..<10_000 {
            _ = limiter.admit("client \(number)", at: now)
            if number % 40 == 0, limiter.admit("busy", at: now) == .admitted { admitted += 1 }
            #expect(limiter.clientCount <= 100)
        }
        #expect(admitted == 3)
    }

    @Test(
        "a client is whom the last trusted proxy saw",
        arguments: [
            (0, "203.0.113.9", "192.0.2.1"), (1, "203.0.113.9", "203.0.113.9"), (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
            (2, "evil, 203.0.113.9, 10.0.0.2", "203.0.113.9"), (3, "203.0.113.9", "192.0.2.1"), (1, "not an address", "192.0.2.1"), (1, "", "192.0.2.1"),
            (1, "203.0.113.9:4711", "203.0.113.9"), (1, "[2001:db8:1:2:3::4]:80", "2001:db8:1:2::/64"), (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            (1, "::ffff:203.0.113.9", "203.0.113.9"), (1, "fe80::1%eth0", "fe80:0:0:0::/64"), (1, "1,", "192.0.2.1"),
        ])
    func client(hops: Int, header: String, expected: String) throws {
        let peer = try SocketAddress(ipAddress: "192.0.2.1", port: 4711)
        #expect(ClientAddress.of([HTTPField.Name("X-Forwarded-For")!: header], peer: peer, trustedHops: hops) == expected)
    }

    @Test("addresses in several header lines count as one list")
    func lines() throws {
        var headers = HTTPFields()
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        headers.append(HTTPField(name: name, value: "198.51.100.1"))
        headers.append(HTTPField(name: name, value: "203.0.113.9"))
        #expect(ClientAddress.of(headers, peer: nil, trustedHops: 1) == "203.0.113.9")
        #expect(ClientAddress.of([:], peer: nil, trustedHops: 1) == "unknown")
    }

    @Test(
        "people's browsers are people",
        arguments: [
            browser, "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
        ])
    func people(agent: String) {
        #expect(VisitorRule.visitor(.get, [.userAgent: agent]) == .person)
        #expect(VisitorRule.visitor(.head, [.userAgent: agent]) == .machine)
    }

    @Test(
        "programs that name themselves are machines",
        arguments: [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "WhatsApp/2.23.20.0", "curl/8.5.0", "SomeNewBot/1.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))",
        ])
    func machines(agent: String) {
        #expect(VisitorRule.visitor(.get, [.userAgent: agent]) == .machine)
    }

    @Test("a field of a form in parts is read whatever stands around it, and nothing is read from a form that is damaged")
    func parts() {
        func value(_ body: String, _ type: String = "multipart/form-data; boundary=\"a b\"") -> String? {
            FormBody.value(of: "x", in: Array(body.utf8), contentType: type)
        }
        let part = "--a b\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; name=x\r\n\r\none\r\ntwo\r\n"
        #expect(value("before\r\n" + part + "--a b--\r\nafter") == "one\r\ntwo")
        #expect(value(part + part + "--a b--") == nil)
        #expect(value(part) == nil, "no end")
        #expect(value(part + "--a b--", "multipart/form-data") == nil)
        #expect(value("") == nil)
        #expect(FormBody.value(of: "x", in: [0x78, 0x3D, 0xFF], contentType: nil) == nil)
        #expect(FormBody.value(of: "x", in: Array("x=a+b%2B".utf8), contentType: nil) == "a b+")
    }
}
