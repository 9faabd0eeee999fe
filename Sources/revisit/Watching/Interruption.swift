internal import Dispatch
internal import Foundation
internal import Synchronization

/// Hears SIGTERM and SIGINT, so that work comes to its end before the process does. A second signal ends it at once.
final class Interruption: Sendable {
    private struct State {
        var signal: Int32?
        var sleeper: Task<Void, Never>?
    }

    private let state = Mutex(State())

    /// The signal that was heard; nil as long as there was none.
    var signal: Int32? { state.withLock { $0.signal } }

    /// Begins to listen, for as long as the process lives.
    init() {
        for number in [SIGTERM, SIGINT] {
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The handler keeps the source alive.
            source.setEventHandler { [self] in
                _ = source
                hear(number)
            }
            source.resume()
        }
    }

    /// Waits, unless a signal cuts it short.
    func sleep(seconds: Int) async {
        let sleeper = Task {
            do { try await Task.sleep(for: .seconds(seconds)) } catch {}
        }
        let isOver = state.withLock { state in
            state.sleeper = sleeper
            return state.signal != nil
        }
        if isOver { sleeper.cancel() }
        await sleeper.value
    }

    private func hear(_ number: Int32) {
        Foundation.signal(SIGTERM, SIG_DFL)
        Foundation.signal(SIGINT, SIG_DFL)
        state.withLock { state in
            state.signal = number
            state.sleeper?.cancel()
        }
    }
}
