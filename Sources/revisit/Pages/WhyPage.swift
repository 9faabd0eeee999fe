internal import FollowUp

/// All that is recorded of one touch, as text.
struct WhyPage {
    let history: TouchHistory
    /// The display name.
    let rooftop: String
    let zone: Zone

    var text: String {
        let who = history.customer.name ?? "a customer without a name"
        let late = history.isLate ? ", late" : ""
        var lines = [
            "Touch \(history.id), \(history.kind.rawValue)\(late): \(rooftop) to \(who)",
            "  visit    \(history.visitOn.words) \(history.visitOn.year), repair order \(history.roNumber), \(history.vehicle.name)",
            "  items    " + history.items.map { "\($0.name) (\($0.state.replacing("_", by: " ")))" }.joined(separator: ", "),
            "  planned  \(history.plannedOn.words), \(zone.localTime(at: history.dueAt))",
            "  now      \(state)",
        ]
        if let ended = history.ended { lines.append("  follow-up has ended: \(ended)") }
        lines.append("")
        if history.entries.isEmpty { lines.append("  Nothing has been decided yet: its day hasn't come.") }
        for entry in history.entries { lines += describe(entry) + (entry.hooks.map(describe) ?? []) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var state: String {
        history.state == .planned ? "planned, looked at next at \(moment(history.looksAt))" : history.state.rawValue
    }

    private func describe(_ entry: TouchHistory.Entry) -> [String] {
        let at = "  \(moment(entry.at))  "
        switch entry.what {
        case .decided(let words): return [at + words]
        case .settled(let words): return [at + "the gateway: " + words]
        case .reported(let words): return [at + "the provider: " + words]
        case .inbound(let words): return [at + words]
        case .scriptFailed(let failure): return [at + "script failed, the default was used: \(failure.reason)"]
        case .intended(let message, let notAfter, let bundle):
            let channel =
                switch message {
                case .sms: "text"
                case .email: "e-mail"
                case .call: "call"
                }
            let text = message.words.split(separator: "\n", omittingEmptySubsequences: false).map { "      | \($0)" }
            return [at + "decided to send this \(channel) before \(moment(notAfter)), by scripts \(bundle.prefix(12)):"] + text
        }
    }

    /// What the rooftop's hooks said, and what it takes to ask them again.
    private func describe(_ hooks: HookRecord) -> [String] {
        let calls = hooks.calls.isEmpty ? ["no hook of the rooftop's own: the standard wording"] : hooks.calls.map { HookAnswer($0).words }
        return (calls + ["scripts \(hooks.bundleSHA256.prefix(12)), seed \(hooks.seed)"]).map { "      " + $0 }
    }

    private func moment(_ instant: Timestamp) -> String {
        let local = zone.local(at: instant)
        return "\(local.date) \(local.time)"
    }
}

extension String {
    func replacing(_ one: Character, by other: Character) -> String {
        String(map { $0 == one ? other : $0 })
    }
}
