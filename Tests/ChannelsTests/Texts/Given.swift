import FollowUp
import Synchronization

@testable import Channels

/// Texts, settings and clocks to begin from.
enum Given {
    static let noon = Timestamp("2026-03-06T17:00:00Z")!

    static func settings(
        _ url: String, sender: TwilioSettings.Sender = .number("+15005550006"), webhooks: String = "https://texts.example.com",
        connectTimeoutSeconds: Int64 = 5, answerTimeoutSeconds: Int64 = 20
    ) throws -> TwilioSettings {
        try TwilioSettings(
            accountSID: Provider.account, authToken: Provider.token, sender: sender, webhooks: WebhookURL(webhooks), apiURL: url,
            connectTimeoutSeconds: connectTimeoutSeconds, answerTimeoutSeconds: answerTimeoutSeconds, textsPerSecond: 100, backOffSeconds: 90)
    }

    /// A gateway whose sender never has to wait.
    static func gateway(_ settings: TwilioSettings, clock: any WallClock = StandingClock(noon)) -> TwilioGateway {
        TwilioGateway(
            settings: settings, rate: SendRate(perSecond: 1000, burst: 1000, now: { ContinuousClock.now }, sleep: { _ in }), clock: clock, token: token)
    }

    @Sendable static func token(_ touch: Touch.ID) -> String {
        let digits = String(touch.number, radix: 32)
        return String(repeating: "a", count: 10 - digits.count) + digits
    }

    static func text(
        _ touch: Int64 = 12, to address: String = "+15551234567", attempt: Int = 3, body: String? = nil, notAfter: Timestamp = noon + 3600,
        dueAt: Timestamp? = nil
    ) -> Intent {
        let body = body ?? "Harbor Auto: it's time. https://r.example.com/b/\(token(Touch.ID(touch))) Reply STOP to end"
        return Intent(
            touch: Touch.ID(touch), kind: TouchKind.allCases[0], generation: attempt, rooftop: "harbor", address: address, message: .sms(body),
            decidedAt: noon, notAfter: notAfter, bundleSHA256: "", dueAt: dueAt)
    }

    static func uncertain(_ touch: Int64 = 12, to address: String = "+15551234567", intendedAt: Timestamp) -> UncertainSend {
        UncertainSend(
            touch: Touch.ID(touch), generation: 3, channel: .sms, address: address, intendedAt: intendedAt, notAfter: intendedAt + 3600, looks: 0)
    }
}

/// Always says the same.
struct StandingClock: WallClock {
    let now: Timestamp

    init(_ now: Timestamp) {
        self.now = now
    }
}

/// Says one time after the other, and the last one for ever.
final class SteppingClock: WallClock {
    private let times: Mutex<[Timestamp]>

    init(_ times: [Timestamp]) {
        self.times = Mutex(times)
    }

    var now: Timestamp { times.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}

/// Repeats itself for a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
