internal import FollowUp
internal import ScriptKit

/// Every touch of a follow-up as its reader sees it, or why it isn't sent.
struct PreviewPage {
    let look: Journey.Look
    let roNumber: RepairOrder.Number
    let rooftop: Rooftop
    /// Only the touch of that day.
    let day: Int?
    /// Drafts for a channel that was asked for and isn't permitted.
    let others: [Touch.ID: Draft]
    let style: TerminalStyle

    private var touches: [TouchHistory] { look.touches.filter { day == nil || $0.kind.day == day } }

    /// Whether a script failed, so that the standard wording stands here.
    var hasFailures: Bool {
        let shown = Set(touches.map(\.id))
        return look.sent.contains { shown.contains($0.touch) && !$0.scriptFailures.isEmpty }
    }

    var text: String {
        guard !touches.isEmpty else {
            let what = day.map { "no touch on day \($0)" } ?? "no touch"
            return "repair order \(roNumber) has \(what)\(look.touches.isEmpty ? ": nothing on it was declined, or it is void" : "; day 60 is for work of weight before a season")\n"
        }
        return touches.map(describe).joined(separator: "\n")
    }

    private func describe(_ touch: TouchHistory) -> String {
        let title = "Day \(touch.kind.day) · \(touch.kind.rawValue)"
        guard let intent = look.sent.last(where: { $0.touch == touch.id }) else {
            let reason = touch.entries.reversed().lazy.compactMap { entry -> String? in
                if case .decided(let words) = entry.what { words } else { nil }
            }.first
            return style.strong(title) + " · not sent: \(reason ?? touch.state.rawValue)\n"
        }
        let local = rooftop.zone.local(at: intent.decidedAt)
        if let other = others[touch.id] { return describe(other, touch, title, sentBy: intent.channel) }
        let to = [touch.customer.name, intent.address].compactMap { $0 }.joined(separator: ", ")
        var lines = [
            style.strong("\(title) by \(ReportPage.name(intent.channel))") + " · \(local.date.words) \(local.date.year), \(local.time) · to \(to)",
            MessagePicture(intent.message, from: rooftop.name, to: to, isASCII: style.isASCII).drawing,
        ]
        if let facts = look.facts[intent.touch] { lines.append(LintMarks(intent.message, for: facts).text) }
        lines += describe(intent.scriptFailures)
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ draft: Draft, _ touch: TouchHistory, _ title: String, sentBy channel: ContactChannel) -> String {
        switch draft.content {
        case .message(let message):
            let note = "as it would read; this customer gets a \(ReportPage.name(channel))"
            var lines = [
                style.strong("\(title) by \(ReportPage.name(message.channel))") + " · \(note)",
                MessagePicture(message, from: rooftop.name, to: touch.customer.name ?? "a customer", isASCII: style.isASCII).drawing,
            ]
            if let facts = look.facts[touch.id] { lines.append(LintMarks(message, for: facts).text) }
            return (lines + describe(draft.failures)).joined(separator: "\n") + "\n"
        case .skipped(let reason): return style.strong(title) + " · the script leaves it out: \(reason)\n"
        case .noChannel: return style.strong(title) + " · no channel is permitted\n"
        }
    }

    private func describe(_ failures: [ScriptFailure]) -> [String] {
        failures.flatMap { failure in
            [style.bad("✗ \(failure.function) failed, so the standard wording stands here:")] + failure.reason.split(separator: "\n").map { "  " + $0 }
        }
    }
}
