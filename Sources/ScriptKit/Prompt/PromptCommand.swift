/// What a session understands besides Lua: words that begin with a dot.
enum PromptCommand: String, CaseIterable {
    case help, ro, ros, at, back, due, touches, why, preview, reply, book, reload, budget, doc, saveTest = "save-test", quit

    /// ".ro NUMBER".
    var usage: String {
        switch self {
        case .help: ".help"
        case .ro: ".ro NUMBER"
        case .ros: ".ros"
        case .at: ".at +3d 10:00"
        case .back: ".back"
        case .due: ".due"
        case .touches: ".touches"
        case .why: ".why"
        case .preview: ".preview [sms|email|call]"
        case .reply: ".reply TEXT"
        case .book: ".book"
        case .reload: ".reload"
        case .budget: ".budget"
        case .doc: ".doc NAME"
        case .saveTest: ".save-test [NAME]"
        case .quit: ".quit"
        }
    }

    var summary: String {
        switch self {
        case .help: "this list"
        case .ro: "go to another repair order, at its visit"
        case .ros: "the repair orders at hand"
        case .at: "go to a moment: +3d 10:00, +2h, day 10, 2026-03-06 10:00"
        case .back: "go back to where you were"
        case .due: "what is due now, or next"
        case .touches: "every touch of this follow-up, and what became of it"
        case .why: "why the touch that is due would be sent or not, rule by rule"
        case .preview: "the touch that is due as its reader sees it"
        case .reply: "let the customer answer now; going back takes it back"
        case .book: "let the customer book now"
        case .reload: "load the scripts again (they are, by themselves, when a file changes)"
        case .budget: "what the last call used of what it may use"
        case .doc: "what a field, function or hook is"
        case .saveTest: "keep the last expression and what it gave as a test"
        case .quit: "leave (Ctrl-D does too)"
        }
    }

    static var page: String {
        let width = allCases.map(\.usage.count).max() ?? 0
        let lines = allCases.map { "  \($0.usage.padding(to: width))  \($0.summary)" }
        return "Anything else is Lua: touch is the touch that is due or comes next, and the modules (message, channel, mapping, say, …)\n"
            + "are there by name. A name given here stays.\n" + lines.joined(separator: "\n")
    }
}

extension String {
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
