internal import Foundation

/// Where a session's lines come from: a person at a terminal, or a pipe or file.
enum LineSource {
    /// Edited, with prompts.
    case terminal(LineEditor)
    /// No prompt, no banner: stdout holds results alone.
    case stream(LineReader)

    /// What of the environment decides.
    struct Surroundings: Equatable {
        /// Whether a person sees the prompt and types the answer.
        var isInteractive: Bool
        /// Nil where there is no home: entries are then kept for the session.
        var history: URL?

        /// Reads the process's own.
        static func current() -> Surroundings {
            Surroundings(
                environment: ProcessInfo.processInfo.environment,
                areTerminals: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
        }

        init(environment: [String: String], areTerminals: Bool) {
            let terminal = environment["TERM"] ?? ""
            isInteractive = areTerminals && !terminal.isEmpty && terminal != "dumb"
            // A relative path is to be ignored: XDG Base Directory Specification 0.8.
            let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state" : nil }
            history = (state ?? home).map { URL(filePath: $0).appending(path: "revisit/history") }
        }
    }

    /// - Parameter complete: as ``LineEditor/init(history:input:output:complete:)`` takes it.
    init(_ surroundings: Surroundings, complete: @escaping (String) -> [String]) throws {
        self = surroundings.isInteractive
            ? .terminal(try LineEditor(history: surroundings.history, complete: complete)) : .stream(LineReader())
    }

    /// The next line; the prompt is shown to a person only.
    func next(prompt: String) throws(LineReader.Failure) -> LineEditor.Line {
        switch self {
        case .terminal(let editor): editor.line(prompt: prompt)
        case .stream(let reader): try reader.next().map { .text($0) } ?? .end
        }
    }

    /// Keeps an entry for recall where there is anybody to recall it.
    func remember(_ entry: String) {
        switch self {
        case .terminal(let editor): editor.remember(entry)
        case .stream: break
        }
    }
}
