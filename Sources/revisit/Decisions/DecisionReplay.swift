internal import FollowUp
internal import Lua
internal import Scripting

/// Runs recorded drafts of a rooftop through its scripts of today, and tells what would be another today.
struct DecisionReplay {
    /// What today's scripts would make of a touch, where that is not what was decided.
    struct Change: Sendable {
        enum What: String, Sendable, CaseIterable {
            case text, channel, leftOut = "left_out", sent, reason
        }

        let draft: RecordedDraft
        /// Nil where only a script fails that did not.
        let what: What?
        let now: RecordedDraft.Decided
        /// Failures that were none then.
        let failures: [ScriptFailure]
    }

    struct Outcome: Sendable {
        var looked = 0
        var changes: [Change] = []
        /// Drafts of which the record can't be read, each with why.
        var unreadable: [(touch: Touch.ID, reason: String)] = []

        func count(_ what: Change.What) -> Int { changes.count { $0.what == what } }
        var failing: Int { changes.count { !$0.failures.isEmpty } }
        var staying: Int { looked - changes.count { $0.what != nil } }
    }

    private static let page = 500

    let scripts: RooftopScripts

    /// Looks at what was decided at or after `since` and before `until`, oldest first.
    func run(in ledger: any FollowUpLedger, rooftop: String, since: Timestamp, until: Timestamp) async throws -> Outcome {
        var outcome = Outcome()
        var last: RecordedDraft.Place?
        while true {
            let drafts = try await ledger.hookRecords(rooftop: rooftop, since: since, after: last, limit: Self.page)
            let wanted = drafts.prefix { $0.decidedAt < until }
            try await replay(Array(wanted), into: &outcome)
            guard drafts.count == Self.page, wanted.count == drafts.count, let end = drafts.last else { return outcome }
            last = end.place
        }
    }

    private func replay(_ drafts: [RecordedDraft], into outcome: inout Outcome) async throws {
        var readable: [RecordedDraft] = []
        var requests: [DraftRequest] = []
        for draft in drafts {
            do {
                let touch = try RecordedTouch(json: draft.hooks.input)
                requests.append(DraftRequest(facts: touch.facts, permissions: touch.permissions, seed: draft.hooks.seed))
                readable.append(draft)
            } catch let error as RecordedTouch.Unreadable {
                outcome.unreadable.append((draft.touch, error.description))
            }
        }
        outcome.looked += readable.count
        guard !requests.isEmpty else { return }
        for (draft, today) in zip(readable, try await scripts.drafts(of: requests)) {
            if let change = Self.change(of: draft, today) { outcome.changes.append(change) }
        }
    }

    private static func change(of draft: RecordedDraft, _ today: Draft) -> Change? {
        let now: RecordedDraft.Decided =
            switch today.content {
            case .message(let message): .message(message)
            case .skipped(let reason): .notSent("\(Verdict.suppress(.skipped(reason)))")
            // Without a reason: why channels were refused isn't recorded, and scripts have no part in it.
            case .noChannel: draft.decided.channel == nil ? draft.decided : .notSent("no channel is permitted")
            }
        let what: Change.What? =
            switch (draft.decided, now) {
            case _ where draft.decided == now: nil
            case (.message(let old), .message(let new)): old.channel == new.channel ? .text : .channel
            case (.message, .notSent): .leftOut
            case (.notSent, .message): .sent
            case (.notSent, .notSent): .reason
            }
        // A failure is known by its function: the line that it happened on moves with every edit.
        let failures = today.failures.filter { failure in !draft.failures.contains { $0.function == failure.function } }
        return what == nil && failures.isEmpty ? nil : Change(draft: draft, what: what, now: now, failures: failures)
    }
}
