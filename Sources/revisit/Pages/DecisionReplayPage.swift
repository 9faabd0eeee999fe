internal import FollowUp

/// What today's scripts would have altered: counts first, then the changes by kind and channel.
struct DecisionReplayPage {
    let outcome: DecisionReplay.Outcome
    let zone: Zone
    let days: Int
    /// Changes that are shown.
    let limit: Int
    let style: TerminalStyle

    var text: String {
        var lines = [counts]
        let groups = Dictionary(grouping: outcome.changes.prefix(limit)) { Group(kind: $0.draft.kind, channel: ($0.draft.decided.channel ?? $0.now.channel)) }
        for group in groups.keys.sorted() {
            lines += ["", style.strong("\(group.kind.rawValue) \(group.channel.map { "by \($0.rawValue)" } ?? "not sent")")]
            for change in groups[group] ?? [] { lines += describe(change) }
        }
        if outcome.changes.count > limit { lines += ["", "\(outcome.changes.count - limit) more; --limit shows them"] }
        for (touch, reason) in outcome.unreadable { lines.append("touch \(touch) was left out: \(reason)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// "212 touches of 30 days looked at: 3 texts change, 1 changes channel, 1 would be left out, 207 stay".
    private var counts: String {
        let texts = outcome.count(.text), channels = outcome.count(.channel), out = outcome.count(.leftOut), sent = outcome.count(.sent)
        let reasons = outcome.count(.reason)
        let parts = [
            texts == 0 ? nil : "\(Columns.count(texts, "text")) \(texts == 1 ? "changes" : "change")",
            channels == 0 ? nil : "\(channels) \(channels == 1 ? "changes" : "change") channel",
            out == 0 ? nil : "\(out) would be left out", sent == 0 ? nil : "\(sent) would be sent that \(sent == 1 ? "was" : "were") left out",
            reasons == 0 ? nil : "\(Columns.count(reasons, "reason")) \(reasons == 1 ? "changes" : "change")",
            "\(outcome.staying) \(outcome.staying == 1 ? "stays" : "stay")",
            outcome.failing == 0 ? nil : "a script fails on \(outcome.failing) that did not",
        ].compactMap { $0 }
        return "\(Columns.count(outcome.looked, "touch", "touches")) of \(Columns.count(days, "day")) looked at: " + parts.joined(separator: ", ")
    }

    private func describe(_ change: DecisionReplay.Change) -> [String] {
        var lines = ["  touch \(change.draft.touch), \(zone.localDate(at: change.draft.decidedAt)): \(Self.words(change.what))"]
        switch (change.draft.decided, change.now) {
        case _ where change.what == nil: break
        case (.message(let old), .message(let new)) where old.channel == new.channel:
            lines += Self.indented("| ", WordDifference.text(from: old.words, to: new.words))
        case (let old, let new): lines += Self.indented("- ", Self.words(old)) + Self.indented("+ ", Self.words(new))
        }
        for failure in change.failures { lines += Self.indented("✗ ", "\(failure.function) fails: \(failure.reason)") }
        return lines
    }

    private static func words(_ what: DecisionReplay.Change.What?) -> String {
        switch what {
        case .text: "the text changes"
        case .channel: "the channel changes"
        case .leftOut: "would be left out"
        case .sent: "would be sent"
        case .reason: "left out for another reason"
        case nil: "the same words, but a script fails"
        }
    }

    private static func words(_ decided: RecordedDraft.Decided) -> String {
        switch decided {
        case .message(let message): "\(message.channel.rawValue): \(message.words)"
        case .notSent(let words): words
        }
    }

    private static func indented(_ mark: String, _ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \(mark)\($0)" }
    }

    private struct Group: Hashable, Comparable {
        let kind: TouchKind
        let channel: ContactChannel?

        static func < (left: Group, right: Group) -> Bool {
            (left.kind, left.channel?.rawValue ?? "~") < (right.kind, right.channel?.rawValue ?? "~")
        }
    }
}
