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

    private final class Told: Sendable {
        private let list = Mutex<[RequestMoment]>([])

        var moments: [RequestMoment] { list.withLock { $0 } }

        @Sendable func note(_ moment: RequestMoment) {
            list.withLock { $0.append(moment) }
        }
    }
}
