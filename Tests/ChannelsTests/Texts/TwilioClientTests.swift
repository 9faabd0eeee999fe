import FollowUp
import Foundation
import Testing

@testable import Channels

/// The double speaks Twilio's language: Twilio's own Python client says so.
@Suite struct TwilioClientTests {
    @Test("Twilio's own client posts, pages through the list, fetches and is refused as by Twilio")
    func client() async throws {
        let provider = try await Provider("--page-size", "2")
        let base: [String: Any] = ["base": provider.url, "account": Provider.account, "token": Provider.token]
        func question(_ more: [String: Any]) -> [String: Any] { base.merging(more) { $1 } }
        let client = try await TwilioClient()
        let posted = try await client.answers(
            to: (1...5).map { number in
                question(["op": "create", "fields": ["to": "+1555123456\(number)", "from_": "+15005550006", "body": "text \(number) é", "validity_period": 600]])
            })
        let sids = posted.compactMap { $0["sid"] as? String }
        #expect(sids == (try provider.entries("accept")).compactMap(\.sid) && sids.count == 5)
        let refused = try await client.answers(to: [
            question(["op": "create", "fields": ["to": "+150099\(21610)", "from_": "+15005550006", "body": "x"]]),
            question(["op": "create", "fields": ["to": "+15551234567", "from_": "+15005550006", "body": "x", "validity_period": 36001]]),
            question(["op": "create", "fields": ["to": "+15551234567", "from_": "+15005550006", "body": "x"], "token": "wrong"]),
        ])
        #expect(refused.map { $0["code"] as? Int } == [21610, 21624, 20003] && refused.map { $0["http"] as? Int } == [400, 400, 401])
        let lists = try await client.answers(to: [
            question(["op": "list", "filters": [String: String](), "page_size": 2]),
            question(["op": "list", "filters": ["to": "+15551234563", "date_sent_after": "2020-01-01"], "page_size": 2]),
            question(["op": "list", "filters": ["date_sent_after": "2200-01-01"], "page_size": 2]),
        ]).map { ($0["messages"] as? [[String: String]] ?? []).compactMap { $0["sid"] } }
        #expect(lists == [sids.reversed(), [sids[2]], []])
        let fetched = try await client.answers(to: [question(["op": "fetch", "sid": sids[3]])])[0]
        #expect(fetched["body"] as? String == "text 4 é" && fetched["status"] as? String == "sent")
    }

    @Test("what the gateway sent is what Twilio's own client reads")
    func both() async throws {
        let provider = try await Provider()
        let outcome = await Given.gateway(try Given.settings(provider.url)).send(Given.text(body: "Grüße 🚗 + 5%"))
        guard case .accepted(let sid) = outcome else { throw PeerFailure("not accepted") }
        let fetched = try await TwilioClient().answers(to: [["op": "fetch", "sid": sid, "base": provider.url, "account": Provider.account, "token": Provider.token]])[0]
        #expect(fetched["body"] as? String == "Grüße 🚗 + 5%")
    }

    @Test("a provider started on an old ledger still has its texts")
    func restart() async throws {
        let provider = try await Provider()
        let outcome = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        guard case .accepted(let sid) = outcome else { throw PeerFailure("not accepted") }
        let again = try await Provider("--ledger", provider.folder.url.appending(path: "ledger").path)
        let fetched = try await TwilioClient().answers(to: [["op": "fetch", "sid": sid, "base": again.url, "account": Provider.account, "token": Provider.token]])[0]
        #expect(fetched["sid"] as? String == sid)
    }
}
