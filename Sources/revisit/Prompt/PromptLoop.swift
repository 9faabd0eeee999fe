internal import FollowUp
internal import Foundation
internal import ScriptKit

/// Reads entries and shows what they give, until the end.
struct PromptLoop {
    let session: ReplSession
    let lines: LineSource
    /// Whose files are watched.
    let folders: [URL]
    let style: TerminalStyle

    private var isInteractive: Bool {
        if case .terminal = lines { true } else { false }
    }

    /// Gives false when an entry of a pipe or file failed, which ends it.
    func run(roNumber: RepairOrder.Number?) async throws -> Bool {
        let first = await begin(roNumber)
        if isInteractive { show(first.text) }
        guard isInteractive || first.kind != .failed else { return complain(first.text) }
        tellOfHistory()
        var watch = ScriptsWatch(folders)
        var entry = ""
        while true {
            if isInteractive, entry.isEmpty, watch.hasChanged() { show(await session.reload().text) }
            switch try lines.next(prompt: entry.isEmpty ? "> " : "… ") {
            case .interrupted: entry = ""
            case .end:
                if !isInteractive, !entry.isEmpty { return complain("the input ends inside an entry: \(entry.prefix(60))") }
                if isInteractive { show("") }
                return true
            case .text(let line):
                entry += (entry.isEmpty ? "" : "\n") + line
                let answer = await session.answer(entry)
                if answer.kind == .needsMore, !line.isEmpty || !isInteractive { continue }
                lines.remember(entry)
                entry = ""
                switch answer.kind {
                case .end: return true
                case .failed where !isInteractive: return complain(answer.text)
                case .failed: show(style.bad(answer.text))
                case .needsMore: show(style.bad("that is not complete; it was given up"))
                case .done: show(answer.text)
                }
            }
        }
    }

    private func begin(_ roNumber: RepairOrder.Number?) async -> ReplSession.Answer {
        do {
            return try await session.begin(roNumber: roNumber)
        } catch {
            return .failed("\(error)")
        }
    }

    private func show(_ text: String) {
        guard !text.isEmpty else { return }
        Console.result(Array((style.shown(text) + "\n").utf8))
    }

    private func complain(_ text: String) -> Bool {
        Console.complain(text)
        return false
    }

    private func tellOfHistory() {
        guard case .terminal(let editor) = lines, let failure = editor.historyFailure else { return }
        Console.note("\(failure)")
    }
}
