/// Hands the team's own answers to a provider.
public protocol AnswerGateway: Sendable {
    /// Sends once and never retries.
    func send(_ answer: TeamAnswer, notAfter: Timestamp) async -> SendOutcome
}
