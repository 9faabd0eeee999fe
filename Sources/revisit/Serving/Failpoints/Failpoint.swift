internal import Foundation
internal import Synchronization

/// An instant at which a test has the process die, by SIGKILL, as if the machine had lost its power there.
///
/// `REVISIT_FAILPOINT=intent.after_commit:3` dies when it comes there for the third time. docs/crash-tests.md lists the places.
final class Failpoint: Sendable {
    /// A commit is before it when the ledger was not asked yet, and after it when the ledger has said that it is durable.
    enum Place: String, CaseIterable {
        case planBeforeCommit = "plan.before_commit"
        case planAfterCommit = "plan.after_commit"
        case turnBeforeCommit = "turn.before_commit"
        case turnAfterCommit = "turn.after_commit"
        case intentBeforeCommit = "intent.before_commit"
        case intentAfterCommit = "intent.after_commit"
        case sendBeforeLook = "send.before_look"
        case sendBeforeFirstByte = "send.before_first_byte"
        case sendAfterFirstByte = "send.after_first_byte"
        case sendAfterRequest = "send.after_request"
        case sendAfterAnswer = "send.after_answer"
        case mailBeforeFirstByte = "mail.before_first_byte"
        case mailBeforeDot = "mail.before_dot"
        case mailAfterAnswer = "mail.after_answer"
        case settleBeforeCommit = "settle.before_commit"
        case settleAfterCommit = "settle.after_commit"
        case giveUpBeforeCommit = "give_up.before_commit"
        case giveUpAfterCommit = "give_up.after_commit"
        case lookBeforeCommit = "look.before_commit"
        case lookAfterCommit = "look.after_commit"
        case reportBeforeCommit = "report.before_commit"
        case reportAfterCommit = "report.after_commit"
        case inboundBeforeCommit = "inbound.before_commit"
        case inboundAfterCommit = "inbound.after_commit"
    }

    private let place: Place
    private let left: Mutex<Int>

    /// Nil when the text names no place: "intent.after_commit", or "intent.after_commit:3" for the third time.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = parts.first, let place = Place(rawValue: name), let times = parts.count == 1 ? 1 : Int(parts[1]), times > 0
        else { return nil }
        self.place = place
        left = Mutex(times)
    }

    func reach(_ place: Place) {
        guard place == self.place else { return }
        let isTime = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isTime { kill(getpid(), SIGKILL) }
    }
}
