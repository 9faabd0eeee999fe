import FollowUp
import Foundation
import Testing

@testable import Channels

@Suite struct GatewayTests {
    @Test("a text is accepted under the name that the provider's ledger has, with all that it needs")
    func accepted() async throws {
        let provider = try await Provider()
        let outcome = await Given.gateway(try Given.settings(provider.url)).send(Given.text(body: "Grüße & 50% off + more: https://r.example.com/b/aaaaaaaaac"))
        let accept = try #require(try provider.entries("accept").first)
        #expect(outcome == .accepted(providerID: try #require(accept.sid)))
        #expect(
            accept.form == [
                "To": "+15551234567", "From": "+15005550006", "Body": "Grüße & 50% off + more: https://r.example.com/b/aaaaaaaaac",
                "StatusCallback": "https://texts.example.com/hooks/twilio/status?touch=12&attempt=3", "ValidityPeriod": "3600", "ShortenUrls": "false",
            ])
    }

    @Test("a messaging service stands in the number's place")
    func service() async throws {
        let provider = try await Provider()
        let service = "MG" + String(repeating: "a", count: 32)
        _ = await Given.gateway(try Given.settings(provider.url, sender: .messagingService(service))).send(Given.text())
        let form = try #require(try provider.entries("accept").first?.form)
        #expect(form["MessagingServiceSid"] == service && form["From"] == nil)
    }

    @Test("the validity period ends with the window, within Twilio's bounds", arguments: [(1, "1"), (900, "900"), (36_000, "36000"), (90_000, "36000")])
    func validity(seconds: Int64, period: String) async throws {
        let provider = try await Provider()
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text(notAfter: Given.noon + seconds))
        #expect(try provider.entries("accept").first?.form?["ValidityPeriod"] == period)
    }

    static let codes: [(Int, SendOutcome)] = [
        (21610, .rejected(.optedOut, reason: "Twilio 21610")),
        (21211, .rejected(.addressInvalid, reason: "Twilio 21211")), (21614, .rejected(.addressInvalid, reason: "Twilio 21614")),
        (21635, .rejected(.addressInvalid, reason: "Twilio 21635")), (30005, .rejected(.addressInvalid, reason: "Twilio 30005")),
        (30006, .rejected(.landline, reason: "Twilio 30006")), (30004, .rejected(.blocked, reason: "Twilio 30004")),
        (30003, .rejected(.unreachable, reason: "Twilio 30003")), (30008, .rejected(.unreachable, reason: "Twilio 30008")),
        (30007, .rejected(.filtered, reason: "Twilio 30007")),
        (30034, .halted(reason: "Twilio 30034")), (30002, .halted(reason: "Twilio 30002")), (20003, .halted(reason: "Twilio 20003")),
        (30001, .notAccepted(retryAt: Given.noon + 90, reason: "Twilio 30001")), (20429, .notAccepted(retryAt: Given.noon + 90, reason: "Twilio 20429")),
        (21612, .rejected(.other, reason: "Twilio 21612")),
    ]

    @Test("each of Twilio's codes has its outcome, and nothing is accepted", arguments: codes)
    func code(code: Int, outcome: SendOutcome) async throws {
        let provider = try await Provider()
        #expect(await Given.gateway(try Given.settings(provider.url)).send(Given.text(to: "+150099\(code)")) == outcome)
        #expect(try provider.entries("accept").isEmpty && provider.entries("refuse").map(\.http) == [nil])
    }

    @Test("the test above knows every code")
    func allCodes() {
        #expect(Set(TwilioErrorCode.allCases.map(\.rawValue)).isSubset(of: Self.codes.map(\.0)))
    }

    enum Kind { case notAccepted, rejected, halted, uncertain }

    static let faults: [(String, Kind, accepts: Int)] = [
        ("429", .notAccepted, 0), ("500", .uncertain, 0), ("503", .uncertain, 0), ("500-after-accept", .uncertain, 1), ("503-after-accept", .uncertain, 1),
        ("reset-before-accept", .uncertain, 0), ("reset-after-accept", .uncertain, 1), ("half-open", .uncertain, 1), ("stall", .uncertain, 1),
        ("truncated", .uncertain, 1), ("short", .uncertain, 1), ("no-sid", .uncertain, 1), ("html-401", .halted, 0), ("html-403", .halted, 0),
        ("html-404", .rejected, 0), ("html-408", .uncertain, 0), ("redirect", .uncertain, 0),
    ]

    @Test("every fault of the provider is told truthfully, over one connection and without another try", arguments: faults)
    func fault(name: String, kind: Kind, accepts: Int) async throws {
        let provider = try await Provider("--fault", name)
        let settings = try Given.settings(provider.url, answerTimeoutSeconds: name == "half-open" || name == "stall" ? 5 : 20)
        let outcome = await Given.gateway(settings).send(Given.text())
        #expect(Self.kind(of: outcome) == kind, "\(outcome)")
        #expect(try provider.entries("accept").count == accepts)
        #expect(try provider.entries("connect").count == 1 && provider.entries("reuse").isEmpty)
    }

    @Test("a 429 says when to come back")
    func retryAfter() async throws {
        let provider = try await Provider("--fault", "429")
        let outcome = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        #expect(outcome == .notAccepted(retryAt: Given.noon + 7, reason: "Twilio 20429"))
    }

    @Test("a wrong auth token halts the channel")
    func wrongToken() async throws {
        let provider = try await Provider()
        let settings = try TwilioSettings(
            accountSID: Provider.account, authToken: "wrong", sender: .number("+15005550006"), webhooks: WebhookURL("https://texts.example.com"), apiURL: provider.url)
        #expect(await Given.gateway(settings).send(Given.text()) == .halted(reason: "Twilio 20003"))
    }

    @Test("each send has a connection of its own, however many there are")
    func connections() async throws {
        let provider = try await Provider()
        let gateway = Given.gateway(try Given.settings(provider.url))
        for touch in 1...6 {
            guard case .accepted = await gateway.send(Given.text(Int64(touch))) else { throw PeerFailure("not accepted") }
        }
        #expect(try provider.entries("connect").compactMap(\.connection) == Array(1...6))
        #expect(try provider.entries("reuse").isEmpty)
    }

    @Test("what fails before the first byte is certainly not accepted", arguments: ["refused", "no such name", "TLS against plain HTTP", "TLS that never answers"])
    func notBegun(place: String) async throws {
        let provider = try await Provider()
        let silent = try SilentPort()
        let urls = [
            "refused": "http://127.0.0.1:\(try SilentPort.closed())", "no such name": "http://texts.invalid",
            "TLS against plain HTTP": "https://127.0.0.1:\(provider.port)", "TLS that never answers": "https://127.0.0.1:\(silent.port)",
        ]
        let settings = try Given.settings(try #require(urls[place]), connectTimeoutSeconds: 2, answerTimeoutSeconds: 10)
        let outcome = await Given.gateway(settings).send(Given.text())
        guard case .notAccepted(let retryAt, _) = outcome else { throw PeerFailure("\(outcome)") }
        #expect(retryAt == Given.noon + 90)
        #expect(try provider.entries("accept").isEmpty)
    }

    @Test("a server that takes the request and says nothing leaves it uncertain")
    func silentServer() async throws {
        let silent = try SilentPort()
        let settings = try Given.settings("http://127.0.0.1:\(silent.port)", answerTimeoutSeconds: 3)
        #expect(Self.kind(of: await Given.gateway(settings).send(Given.text())) == .uncertain)
    }

    @Test("nothing starts at or after its last instant", arguments: [0, 1, 86_400])
    func late(seconds: Int64) async throws {
        let provider = try await Provider()
        let outcome = await Given.gateway(try Given.settings(provider.url), clock: StandingClock(Given.noon + seconds)).send(Given.text(notAfter: Given.noon))
        #expect(Self.kind(of: outcome) == .notAccepted)
        #expect(try provider.entries("connect").isEmpty)
    }

    @Test("a text whose last instant passes while the connection is made doesn't send a byte")
    func lateOnTheWay() async throws {
        let provider = try await Provider()
        // Read before the sender's turn, after it, and right before the first byte.
        let clock = SteppingClock([Given.noon, Given.noon, Given.noon + 3600])
        let outcome = await Given.gateway(try Given.settings(provider.url), clock: clock).send(Given.text())
        #expect(outcome == .notAccepted(retryAt: Given.noon + 3600 + 90, reason: "its time was over before the first byte"))
        #expect(try provider.entries("connect").isEmpty)
    }

    @Test("a text whose turn would come too late isn't begun")
    func noTurn() async throws {
        let provider = try await Provider()
        let now = ContinuousClock.now
        let rate = SendRate(perSecond: 0.001, now: { now }, sleep: { _ in })
        #expect(try await rate.take(waitingAtMost: .zero) == nil)
        let gateway = TwilioGateway(settings: try Given.settings(provider.url), rate: rate, clock: StandingClock(Given.noon), token: Given.token)
        let outcome = await gateway.send(Given.text(notAfter: Given.noon + 60))
        #expect(outcome == .notAccepted(retryAt: Given.noon + 1000, reason: "its time would be over before the sender's turn"))
        #expect(try provider.entries("connect").isEmpty)
    }

    @Test("an e-mail is refused here")
    func email() async throws {
        let text = Given.text()
        let email = Intent(
            touch: text.touch, kind: text.kind, generation: 1, rooftop: "harbor", address: "a@example.com", message: .email(subject: "s", text: "t"),
            decidedAt: Given.noon, notAfter: Given.noon + 60, bundleSHA256: "")
        #expect(await Given.gateway(try Given.settings("http://127.0.0.1:9")).send(email) == .rejected(.other, reason: "#12 is no text"))
    }

    @Test("under faults drawn from a seed no text is in the provider's ledger twice, and none whose outcome says no", arguments: [1, 2, 3])
    func faultsAtRandom(seed: Int) async throws {
        let provider = try await Provider("--seed", "\(seed)", "--fault-rate", "0.6")
        let gateway = Given.gateway(try Given.settings(provider.url))
        let outcomes = await withTaskGroup(of: (Int64, SendOutcome).self) { group in
            for touch in Int64(1)...40 { group.addTask { (touch, await gateway.send(Given.text(touch))) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let ledger = Dictionary(grouping: try provider.entries("accept")) { $0.form?["StatusCallback"] ?? "" }.mapValues { $0.compactMap(\.sid) }
        var kinds: Set<Kind> = []
        for (touch, outcome) in outcomes {
            let sids = ledger["https://texts.example.com/hooks/twilio/status?touch=\(touch)&attempt=3"] ?? []
            #expect(sids.count <= 1)
            switch outcome {
            case .accepted(let providerID): #expect(sids == [providerID])
            case .notAccepted, .rejected, .halted: #expect(sids.isEmpty)
            case .uncertain: kinds.insert(.uncertain)
            }
        }
        #expect(kinds == [.uncertain], "the faults are there")
    }

    private static func kind(of outcome: SendOutcome) -> Kind? {
        switch outcome {
        case .accepted: nil
        case .notAccepted: .notAccepted
        case .rejected: .rejected
        case .halted: .halted
        case .uncertain: .uncertain
        }
    }
}
