/// Keeps what customers say and what the Fixed Ops team makes of it. Each call is one transaction.
public protocol InboxLedger: Sendable {
    /// Stores what a customer answered or did, and stops what it stops, in one transaction. The same provider's name is taken once.
    @discardableResult
    func record(_ inbound: Inbound) async throws -> InboundReceipt

    /// Until when what customers texted was taken in from the provider's list; nil before the first time.
    func textsRead() async throws -> Timestamp?

    /// Notes that what customers texted until then was taken in.
    func noteTextsRead(until now: Timestamp) async throws

    /// Gives the id of the rooftop that last wrote to a contact point; nil when none has.
    func rooftop(lastWritingTo point: ContactPoint) async throws -> String?

    /// Gives conversations in those states, the longest waiting first, each with its last words.
    func conversations(rooftops: [String]?, states: Set<Conversation.State>, limit: Int) async throws -> [Conversation]

    /// Gives one conversation whole; nil when there is none.
    func conversation(_ id: Conversation.ID) async throws -> Conversation?

    /// A person has looked: the state changes, and what was held goes on. `booked` ends the follow-up.
    func settle(_ id: Conversation.ID, as state: Conversation.State, at now: Timestamp) async throws

    /// Keeps an answer that is to be handed over, to where the customer wrote last; nil when that has opted out.
    func queueAnswer(_ id: Conversation.ID, text: String, by: String, at now: Timestamp) async throws -> TeamAnswer?

    /// Gives answers that wait to be handed over, the longest waiting first.
    func waitingAnswers(limit: Int) async throws -> [TeamAnswer]

    /// Takes an answer to hand it over, durable when it returns; false when another process has it, or the customer opted out meanwhile.
    func claim(_ answer: TeamAnswer.ID, at now: Timestamp) async throws -> Bool

    /// Records what came of an answer that was claimed.
    func settle(_ answer: TeamAnswer.ID, _ outcome: SendOutcome, at now: Timestamp) async throws

    /// Puts a call into the queue, once for a touch.
    func queueCall(_ intent: Intent, at now: Timestamp) async throws

    /// Gives the calls to make, the longest waiting first.
    func calls(rooftops: [String]?, limit: Int) async throws -> [CallTask]

    /// Records what came of a call; false when there is no such call waiting.
    func settleCall(_ touch: Touch.ID, _ outcome: CallTask.Outcome, at now: Timestamp) async throws -> Bool
}
