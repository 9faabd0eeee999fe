import FollowUp
import Foundation
import Testing

@testable import Channels

@Suite struct LookupTests {
    /// The double's own time, since the list is filtered by day.
    static let now = Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970))

    static func gateway(_ provider: Provider, answerTimeoutSeconds: Int64 = 20) throws -> TwilioGateway {
        Given.gateway(try Given.settings(provider.url, answerTimeoutSeconds: answerTimeoutSeconds), clock: StandingClock(now))
    }

    @Test("a text that broke off after it was taken is found by its token, over several pages")
    func found() async throws {
        let provider = try await Provider("--page-size", "2", "--fault", "reset-after-accept")
        let gateway = try Self.gateway(provider)
        for touch in Int64(1)...7 { _ = await gateway.send(Given.text(touch, notAfter: Self.now + 600)) }
        let sid = try #require(try provider.entries("accept").first?.sid)
        let report = DeliveryReport(providerID: sid, touch: Touch.ID(1), generation: 3, status: .accepted, at: Self.now)
        #expect(await gateway.look(for: Given.uncertain(1, intendedAt: Self.now)) == .found(report))
        #expect(try provider.entries("reuse").isEmpty)
    }

    @Test("a text that never arrived isn't found, nor one to somebody else")
    func notFound() async throws {
        let provider = try await Provider("--fault", "reset-before-accept")
        let gateway = try Self.gateway(provider)
        _ = await gateway.send(Given.text(1, notAfter: Self.now + 600))
        _ = await gateway.send(Given.text(2, to: "+15557654321", notAfter: Self.now + 600))
        #expect(await gateway.look(for: Given.uncertain(1, intendedAt: Self.now)) == .notFound)
        #expect(await gateway.look(for: Given.uncertain(2, intendedAt: Self.now)) == .notFound)
    }

    @Test("a text that waits for its sending isn't in the list yet")
    func waiting() async throws {
        let provider = try await Provider("--send-delay", "1000")
        let gateway = try Self.gateway(provider)
        _ = await gateway.send(Given.text(1, notAfter: Self.now + 600))
        #expect(await gateway.look(for: Given.uncertain(1, intendedAt: Self.now)) == .notFound)
    }

    @Test("a text from before the intent's day isn't looked for")
    func days() async throws {
        let provider = try await Provider()
        let gateway = try Self.gateway(provider)
        _ = await gateway.send(Given.text(1, notAfter: Self.now + 600))
        #expect(await gateway.look(for: Given.uncertain(1, intendedAt: Self.now + 3 * Timestamp.secondsPerDay)) == .notFound)
    }

    @Test("what became of the text since is found with it", arguments: [("delivered", nil), ("undelivered", 30003), ("failed", 21610)] as [(String, Int?)])
    func later(status: String, code: Int?) async throws {
        let provider = try await Provider()
        let gateway = try Self.gateway(provider)
        _ = await gateway.send(Given.text(1, notAfter: Self.now + 600))
        let sid = try #require(try provider.entries("accept").first?.sid)
        try await provider.control("standing", ["sid": sid, "status": status, "error_code": code ?? 0])
        let expected: [String: DeliveryReport.Status] = ["delivered": .delivered, "undelivered": .undelivered(.unreachable), "failed": .failed(.optedOut)]
        let answer = await gateway.look(for: Given.uncertain(1, intendedAt: Self.now))
        guard case .found(let report) = answer else { throw PeerFailure("\(answer)") }
        #expect(report.status == expected[status] && report.detail == code.map { "\($0)" })
    }

    @Test("a list that fails, ends early or doesn't come leaves it unknown", arguments: ["500@list", "429@list", "truncated@list", "reset-before-accept@list", "half-open@list"])
    func unknown(fault: String) async throws {
        let provider = try await Provider("--fault", fault)
        let gateway = try Self.gateway(provider, answerTimeoutSeconds: fault == "half-open@list" ? 1 : 20)
        let answer = await gateway.look(for: Given.uncertain(1, intendedAt: Self.now))
        guard case .unknown = answer else { throw PeerFailure("\(answer)") }
    }

    @Test("a provider that can't be reached leaves it unknown")
    func unreachable() async throws {
        let gateway = Given.gateway(try Given.settings("http://127.0.0.1:\(try SilentPort.closed())"))
        guard case .unknown = await gateway.look(for: Given.uncertain(1, intendedAt: Self.now)) else { throw PeerFailure("known") }
    }

    @Test("a list without end is left at the page limit")
    func pageLimit() async throws {
        let provider = try await Provider("--page-size", "1")
        let gateway = try Self.gateway(provider)
        for touch in 0...Int64(TwilioGateway.pageLimit) { _ = await gateway.send(Given.text(touch + 2, notAfter: Self.now + 600)) }
        #expect(await gateway.look(for: Given.uncertain(1, intendedAt: Self.now)) == .unknown(reason: "Twilio's list has over 20 pages"))
    }

    @Test("a next page elsewhere isn't asked with our credentials", arguments: ["http://evil.example/", "@evil.example/", "/2010-04-01/Accounts.json?x=1"])
    func elsewhere(next: String) async throws {
        let provider = try await Provider("--page-size", "1", "--next-page", next)
        let gateway = try Self.gateway(provider)
        for touch in Int64(2)...3 { _ = await gateway.send(Given.text(touch, notAfter: Self.now + 600)) }
        let answer = await gateway.look(for: Given.uncertain(1, intendedAt: Self.now))
        #expect(answer == .unknown(reason: "the next page of Twilio's list isn't one of its messages"))
    }
}
