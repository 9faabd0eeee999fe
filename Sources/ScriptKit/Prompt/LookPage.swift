internal import FollowUp
internal import Foundation

/// What a look at a follow-up tells, in words.
struct LookPage {
    let look: Journey.Look
    let journey: Journey

    private var zone: Zone { journey.rooftop.zone }

    /// "touch 1 (day 3)".
    var dueNames: String {
        look.due.map { claim in "touch \(number(of: claim.id)) (day \(claim.touch.kind.day))" }.joined(separator: ", ")
    }

    var due: String {
        if !look.due.isEmpty { return "due: \(dueNames)" + (refusal.map { ", but \($0); .why tells" } ?? "") }
        guard let next = look.touches.filter({ $0.state == .planned }).min(by: { $0.looksAt < $1.looksAt }) else {
            if look.touches.isEmpty { return "nothing is due yet: the visit is known on the morning after it" }
            let ended = look.touches.compactMap(\.ended).first
            return "nothing is due, and nothing comes" + (ended.map { ": \($0)" } ?? "")
        }
        return "nothing is due; next: touch \(number(of: next.id)) (day \(next.kind.day)), \(PromptTime.words(next.looksAt, in: zone))"
    }

    /// Why the first touch that is due won't go out now.
    private var refusal: String? {
        switch look.decision?.refusal?.verdict {
        case .send?, nil: nil
        case .postpone?: "not yet"
        case .expire(let reason)?: "it expires: \(reason)"
        case .suppress(let reason)?: "it won't be sent: \(reason)"
        case .supersede(let reason)?: "it gives way: \(reason)"
        }
    }

    var touches: String {
        guard !look.touches.isEmpty else { return "none yet: the visit is known on the morning after it" }
        return look.touches.map { touch in
            let state =
                switch touch.state {
                case .planned: "planned for \(PromptTime.words(touch.looksAt, in: zone))"
                default: stateAndReason(of: touch)
                }
            return "  touch \(number(of: touch.id)) (day \(touch.kind.day))  \(state)"
        }.joined(separator: "\n")
    }

    var why: String {
        guard let decision = look.decision else { return due }
        let checks = decision.checks.map { "\($0.isPassed ? "✓" : "✗") \($0.words)" }.joined(separator: "   ")
        if let intent = decision.intent {
            let failures = intent.scriptFailures.map { "\n  \($0.function) failed, so the standard was used: \($0.reason)" }.joined()
            return "SEND \(intent.channel.rawValue)   \(checks)\(failures)" + (intent.hooks?.calls ?? []).map { "\n  \(Self.words($0))" }.joined()
        }
        guard let refusal = decision.refusal else { return checks }
        let head =
            switch refusal.verdict {
            case .send: "SEND"
            case .postpone(let until, let reason): "WAIT until \(PromptTime.words(until, in: zone)): \(reason)"
            case .expire(let reason): "EXPIRES: \(reason)"
            case .suppress(let reason): "DON'T SEND: \(reason)"
            case .supersede(let reason): "GIVES WAY: \(reason)"
            }
        return "\(head)   \(checks)"
    }

    /// `channel.lua:9 returned "email"`, `message.lua:5 wrote the words`.
    private static func words(_ call: HookRecord.Call) -> String {
        let outcome = (try? JSONSerialization.jsonObject(with: Data(call.outcome.utf8))) as? [String: Any] ?? [:]
        let place = call.place ?? call.function
        if let reason = outcome["skipped"] as? String { return "\(place) left it out: \(reason)" }
        guard let value = outcome["returned"] else { return "\(place) failed" }
        if value is NSNull { return "\(place) returned nil: \(call.function == "channel.choose" ? "no wish" : "the standard wording")" }
        if call.function == "channel.choose", let channel = value as? String { return "\(place) returned \"\(channel)\"" }
        return "\(place) wrote the words"
    }

    var preview: String {
        guard let decision = look.decision else { return due }
        guard let intent = decision.intent, let facts = decision.facts else { return why }
        return picture(intent.message, to: intent.address, failures: intent.scriptFailures, facts: facts)
    }

    /// A draft that nobody decided to send.
    func picture(of draft: Draft, facts: TouchFacts) -> String {
        switch draft.content {
        case .message(let message): picture(message, to: "", failures: draft.failures, facts: facts)
        case .skipped(let reason): "the script leaves it out: \(reason)"
        case .noChannel: "no channel is permitted"
        }
    }

    private func picture(_ message: Message, to address: String, failures: [ScriptFailure], facts: TouchFacts) -> String {
        let to = [facts.customer.name, address.isEmpty ? nil : address].compactMap { $0 }.joined(separator: ", ")
        let drawing = MessagePicture(message, from: journey.rooftop.name, to: to).drawing
        let failed = failures.map { "✗ \($0.function): \($0.reason)\n  the standard was used instead" }
        return ([drawing, LintMarks(message, for: facts).text] + failed).joined(separator: "\n")
    }

    /// Touches are numbered in the order planned, whatever the ledger calls them.
    private func number(of id: Touch.ID) -> Int { (look.touches.firstIndex { $0.id == id } ?? 0) + 1 }

    /// A decision's words begin with the state that they led to.
    private func stateAndReason(of touch: TouchHistory) -> String {
        guard let last = last(of: touch) else { return touch.state.rawValue }
        return last.hasPrefix(touch.state.rawValue) ? last : "\(touch.state.rawValue): \(last)"
    }

    private func last(of touch: TouchHistory) -> String? {
        for entry in touch.entries.reversed() {
            switch entry.what {
            case .decided(let words): return words
            case .intended: return "sent \(PromptTime.words(entry.at, in: zone))"
            default: continue
            }
        }
        return nil
    }
}
