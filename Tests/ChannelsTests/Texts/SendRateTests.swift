import Synchronization
import Testing

@testable import Channels

@Suite struct SendRateTests {
    /// A clock that only sleeping moves.
    final class Time: Sendable {
        private let state = Mutex((now: ContinuousClock.now, slept: [Duration]()))

        var now: ContinuousClock.Instant { state.withLock { $0.now } }
        var slept: [Duration] { state.withLock { $0.slept } }

        func pass(_ duration: Duration) { state.withLock { $0.now += duration } }
        func sleep(_ duration: Duration) {
            state.withLock {
                $0.now += duration
                $0.slept.append(duration)
            }
        }

        func rate(perSecond: Double, burst: Int) -> SendRate {
            SendRate(perSecond: perSecond, burst: burst, now: { self.now }, sleep: { self.sleep($0) })
        }
    }

    @Test("texts go out evenly once the burst is used up")
    func even() async throws {
        let time = Time()
        let rate = time.rate(perSecond: 2, burst: 3)
        for _ in 0..<6 { #expect(try await rate.take(waitingAtMost: .seconds(10)) == nil) }
        #expect(time.slept == [.milliseconds(500), .milliseconds(500), .milliseconds(500)])
    }

    @Test("an idle sender gets its burst back and no more")
    func refilled() async throws {
        let time = Time()
        let rate = time.rate(perSecond: 1, burst: 2)
        for _ in 0..<2 { _ = try await rate.take(waitingAtMost: .zero) }
        time.pass(.seconds(100))
        for _ in 0..<3 { _ = try await rate.take(waitingAtMost: .seconds(10)) }
        #expect(time.slept == [.seconds(1)])
    }

    @Test("a wait that is too long takes no token")
    func tooLong() async throws {
        let time = Time()
        let rate = time.rate(perSecond: 0.1, burst: 1)
        #expect(try await rate.take(waitingAtMost: .zero) == nil)
        #expect(try await rate.take(waitingAtMost: .seconds(9)) == .seconds(10))
        #expect(try await rate.take(waitingAtMost: .seconds(10)) == nil)
        #expect(time.slept == [.seconds(10)])
    }

    @Test("many senders at once share one rate")
    func shared() async throws {
        let time = Mutex<[Duration]>([])
        let start = ContinuousClock.now
        let rate = SendRate(perSecond: 10, now: { start }, sleep: { wait in time.withLock { $0.append(wait) } })
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do { #expect(try await rate.take(waitingAtMost: .seconds(60)) == nil) } catch { Issue.record("\(error)") }
                }
            }
        }
        #expect(time.withLock { $0.sorted() } == (1..<50).map { .milliseconds(100) * $0 })
    }
}
