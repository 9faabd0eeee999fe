internal import Foundation
internal import Lua

/// How results are shown: with colour or without, with signs or with letters alone.
struct TerminalStyle: Sendable {
    enum Color: String, CaseIterable, Sendable { case auto, always, never }

    let isColored: Bool
    let isASCII: Bool

    /// No colour; for tests and files.
    static let plain = TerminalStyle(isColored: false, isASCII: false)

    init(isColored: Bool, isASCII: Bool) {
        self.isColored = isColored
        self.isASCII = isASCII
    }

    /// `--color` first, then `NO_COLOR`, `CLICOLOR_FORCE`, then whether standard output is a terminal.
    init(color: Color, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let isTerminal = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        switch color {
        case .always: isColored = true
        case .never: isColored = false
        case .auto:
            let forced = environment["CLICOLOR_FORCE"].map { $0 != "0" && !$0.isEmpty } ?? false
            isColored = environment["NO_COLOR"].map { !$0.isEmpty } == true ? false : forced || isTerminal
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        isASCII = !locale.uppercased().replacing("-", with: "").contains("UTF8")
    }

    func good(_ text: String) -> String { painted(text, "32") }
    func bad(_ text: String) -> String { painted(text, "31") }
    func quiet(_ text: String) -> String { painted(text, "2") }
    func strong(_ text: String) -> String { painted(text, "1") }

    /// A line of a script, the caret below it, and what to do about it.
    func lines(_ excerpt: Excerpt?, remedy: String?) -> [String] {
        guard let excerpt else { return remedy.map { [$0] } ?? [] }
        guard let caret = excerpt.caret else { return [excerpt.line] + (remedy.map { ["  " + $0] } ?? []) }
        return [excerpt.line, bad(caret) + (remedy.map { " " + $0 } ?? "")]
    }

    /// The signs of our own pages in letters, where the locale has no others.
    func shown(_ page: String) -> String {
        guard isASCII else { return page }
        return String(page.flatMap { Self.letters[$0].map(Array.init) ?? [$0] })
    }

    private static let letters: [Character: String] = [
        "✓": "ok", "✗": "x", "│": "|", "·": "-", "→": "->", "←": "<-", "…": "...", "“": "\"", "”": "\"", "╭": "+", "╮": "+", "╰": "+",
        "╯": "+", "─": "-", "–": "-", "≤": "<=",
    ]

    private func painted(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
