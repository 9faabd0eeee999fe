import FollowUp
import Synchronization

/// Keeps everything that it was given, and answers as it is told.
final class RecordingGateway: Gateway {
    private let kept = Mutex<[Intent]>([])
    private let answer: @Sendable (Intent) -> SendOutcome

    init(_ answer: @escaping @Sendable (Intent) -> SendOutcome = { .accepted(providerID: "p\($0.touch.number)") }) {
        self.answer = answer
    }

    var intents: [Intent] { kept.withLock { $0 } }

    func send(_ intent: Intent) async -> SendOutcome {
        kept.withLock { $0.append(intent) }
        return answer(intent)
    }
}
