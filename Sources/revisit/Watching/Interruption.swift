internal import Foundation
internal import ServiceLifecycle
internal import Synchronization

/// The signal that the process has heard; 0 as long as there was none. A signal's handler may touch nothing else.
private let heard = Atomic<Int32>(0)

/// Hears SIGTERM and SIGINT, so that work comes to its end before the process does. A second signal ends it at once.
struct Interruption: Sendable {
    private static let step = Duration.milliseconds(100)

    /// The signal that was heard; nil as long as there was none.
    var signal: Int32? {
        let number = heard.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Ends by `end()` alone: something else listens to signals.
    static let bySomeoneElse = Interruption(listening: false)

    /// Has work end as a signal would.
    func end() {
        heard.store(SIGTERM, ordering: .releasing)
    }

    /// Begins to listen, for as long as the process lives.
    init() {
        self.init(listening: true)
    }

    private let isListening: Bool

    private init(listening: Bool) {
        isListening = listening
        guard listening else { return }
        // Made now: the handler may not be the one to make it.
        heard.store(0, ordering: .releasing)
        for number in [SIGTERM, SIGINT] {
            Foundation.signal(number) { number in
                heard.store(number, ordering: .releasing)
                Foundation.signal(SIGTERM, SIG_DFL)
                Foundation.signal(SIGINT, SIG_DFL)
            }
        }
    }

    /// Waits, unless a signal cuts it short.
    func sleep(seconds: Int) async {
        // Of a thousand watched folders each would wake ten times a second for nothing.
        guard isListening else { return await sleepUntilShutdown(seconds: seconds) }
        let end = ContinuousClock.now + .seconds(seconds)
        while signal == nil, ContinuousClock.now < end {
            do { try await Task.sleep(for: Self.step) } catch { return }
        }
    }

    private func sleepUntilShutdown(seconds: Int) async {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
        } catch {
            // Told to end: whoever waits looks at `signal`.
        }
    }
}
