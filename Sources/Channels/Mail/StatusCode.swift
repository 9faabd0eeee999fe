internal import FollowUp

/// An enhanced status code (RFC 3463): "5.1.1".
struct StatusCode: Sendable, Equatable, CustomStringConvertible {
    /// 2 is success, 4 a failure for now, 5 one for good.
    let kind: Int
    let subject: Int
    let detail: Int

    init(kind: Int, subject: Int, detail: Int) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }

    /// The first code in the text: "smtp; 550 5.1.1 no such user".
    init?(in text: String) {
        for word in text.split(whereSeparator: { !$0.isNumber && $0 != "." }) {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            let numbers = parts.map { $0.count <= 3 ? Int($0) : nil }
            guard numbers.count == 3, let kind = numbers[0], [2, 4, 5].contains(kind), let subject = numbers[1], let detail = numbers[2]
            else { continue }
            self.init(kind: kind, subject: subject, detail: detail)
            return
        }
        return nil
    }

    var description: String { "\(kind).\(subject).\(detail)" }

    /// What follows from it; nil for success.
    var problem: DeliveryProblem? {
        guard kind == 5 else { return kind == 4 ? .unreachable : nil }
        switch (subject, detail) {
        // The sender's address, and a relay's ways: nothing about the recipient.
        case (1, 7), (1, 8), (1, 9): return .other
        case (1, _): return .addressInvalid
        // Disabled, full.
        case (2, 1): return .addressInvalid
        case (2, 2): return .unreachable
        // No such domain; 310 is what Exchange says of it.
        case (4, 4), (4, 310): return .addressInvalid
        case (4, _): return .unreachable
        case (7, _): return .filtered
        default: return .other
        }
    }
}
