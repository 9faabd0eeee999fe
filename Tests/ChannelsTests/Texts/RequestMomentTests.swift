import FollowUp
import Synchronization
import Testing

@testable import Channels

@Suite struct RequestMomentTests {
    @Test("a text's request is told of at its first byte, its last one and its answer, in that order and once each")
    func moments() async throws {
        let provider = try await Provider()
        let told = Told()
        let gateway = TwilioGateway(
            settings: try Given.settings(provider.url), rate: SendRate(perSecond: 1000, burst: 1000, now: { ContinuousClock.now }, sleep: { _ in }),
            clock: StandingClock(Given.noon), token: Given.token, watch: told.note)
        _ = await gateway.send(Given.text())
        #expect(told.moments == [.beforeFirstByte, .afterFirstByte, .afterRequest, .afterAnswer])
    }

    @Test("an answer that comes while a text waits for its turn keeps it from going out")
    func withdrawn() async throws {
        let provider = try await Provider()
        let gateway = TwilioGateway(
            settings: try Given.settings(provider.url), rate: SendRate(perSecond: 1000, burst: 1000, now: { ContinuousClock.now }, sleep: { _ in }),
            clock: StandingClock(Given.noon), token: Given.token, isWithdrawn: { _ in true })
        #expect(await gateway.send(Given.text()) == .notAccepted(retryAt: Given.noon, reason: "the customer answered before it went out"))
        #expect(try provider.entries("connect").isEmpty)
    }

    private final class Told: Sendable {
        private let list = Mutex<[RequestMoment]>([])

        var moments: [RequestMoment] { list.withLock { $0 } }

        @Sendable func note(_ moment: RequestMoment) {
            list.withLock { $0.append(moment) }
        }
    }
}
