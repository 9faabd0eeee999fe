internal import EditShim
internal import Foundation

/// Reads lines that a person edits on a terminal, with history and completion. One thread uses it.
final class LineEditor {
    enum Line: Equatable {
        /// Without its newline. An entry of several lines that was recalled has newlines in it.
        case text(String)
        /// Ctrl-C: the line was given up.
        case interrupted
        /// Ctrl-D on an empty line, or the terminal went away.
        case end
    }

    /// Why entries aren't kept beyond this session; nil as long as they are.
    private(set) var historyFailure: HistoryFile.Failure?

    private var editor: OpaquePointer?
    private let history: HistoryFile?
    private let complete: (String) -> [String]
    private var tabbed: String?

    /// - Parameters:
    ///   - history: the file to keep entries in; nil keeps them for the session.
    ///   - complete: given the line up to the cursor, whole replacements of its last word (``Completion/lastWord(of:)``).
    init(
        history: URL?, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, complete: @escaping (String) -> [String]
    ) throws {
        self.history = history.map { HistoryFile(at: $0) }
        self.complete = complete
        let context = Unmanaged.passUnretained(self).toOpaque()
        editor = edit_open(input, output, Int32(HistoryFile.entriesMost), { context, before in
            guard let context, let before else { return }
            Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue().tab(after: String(cString: before))
        }, context)
        guard editor != nil else { throw Unavailable() }
        do throws(HistoryFile.Failure) {
            for entry in try self.history?.load() ?? [] { edit_remember(editor, entry) }
        } catch {
            historyFailure = error
        }
    }

    deinit {
        edit_close(editor)
    }

    /// Shows the prompt and reads one line. What lies between two U+0001 in the prompt takes no room: colours. Something visible must follow the last
    /// of them, a space for instance, or it isn't shown.
    func line(prompt: String) -> Line {
        tabbed = nil
        var text: UnsafePointer<CChar>?
        var length = 0
        switch Int(edit_line(editor, prompt, &text, &length)) {
        case Int(EDIT_TEXT): return .text(Self.string(text, length))
        case Int(EDIT_INTERRUPTED): return .interrupted
        default: return .end
        }
    }

    /// Puts an entry, of one line or several, where Up and Ctrl-R find it, in this session and the next ones.
    ///
    /// Nothing is kept of one that begins with a space, is blank or is the same as the one before.
    func remember(_ entry: String) {
        guard HistoryFile.keeps(entry) else { return }
        edit_remember(editor, entry)
        guard historyFailure == nil else { return }
        do throws(HistoryFile.Failure) {
            try history?.append(entry)
        } catch {
            historyFailure = error
        }
    }

    struct Unavailable: Error, CustomStringConvertible {
        var description: String { "lines can't be edited on this terminal" }
    }

    private func tab(after before: String) {
        switch Completion.step(line: before, candidates: complete(before), again: before == tabbed) {
        case .nothing:
            tabbed = before
        case .replace(let scalars, let text):
            edit_replace(editor, scalars, text)
            tabbed = String(String.UnicodeScalarView(before.unicodeScalars.dropLast(scalars))) + text
        case .list(let candidates):
            edit_list(editor, Completion.columns(candidates, width: edit_columns(editor)))
        }
    }

    private static func string(_ text: UnsafePointer<CChar>?, _ length: Int) -> String {
        guard let text else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    }
}
