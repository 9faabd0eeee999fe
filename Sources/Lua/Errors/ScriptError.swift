internal import Foundation

/// What a script did wrong: place, message, the line itself, and what to do.
///
/// Only the text of Lua's message is kept. The rest is read from the script when it is asked for, so that a call that fails
/// costs no more than one that doesn't.
public struct ScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nil when the script raised something without a place.
    public let file: String?
    /// Innermost frame first; empty for an error of syntax.
    public let frames: [Frame]
    /// The text ended where more was needed, so that a prompt may ask for another line.
    public let isIncompleteInput: Bool

    /// Where in the library the error was raised, when the place told is the line that called it.
    private let inLibrary: Frame?
    private let luaLine: Int?
    private let luaMessage: String
    private let sources: [ScriptSource]

    /// - Parameters:
    ///   - text: what Lua raised, as "message.lua:7: attempt to …".
    ///   - definition: where the function that was called begins, for an error of which no line is known.
    public init(_ text: String, trace: [Frame] = [], isIncompleteInput: Bool = false, definition: Frame? = nil, sources: [ScriptSource]) {
        frames = trace
        self.isIncompleteInput = isIncompleteInput
        self.sources = sources
        let raised = Self.place(of: text, sources) ?? trace.first.map { (file: $0.file, line: $0.line, message: text) }
        luaMessage = raised?.message ?? text
        func isLibrary(_ file: String) -> Bool { sources.contains { $0.name == file && $0.isLibrary } }
        if let raised, isLibrary(raised.file), let own = trace.first(where: { !isLibrary($0.file) }) ?? definition, !isLibrary(own.file) {
            // The author of a script knows the line that called the library, and not the library's own.
            (file, luaLine) = (own.file, own.line)
            inLibrary = raised.message == text ? nil : Frame(file: raised.file, line: raised.line, function: nil)
        } else {
            (file, luaLine, inLibrary) = (raised?.file, raised?.line, nil)
        }
    }

    /// An error that a script caught, whose place and message came apart.
    public init(message: String, file: String?, line: Int?, sources: [ScriptSource]) {
        let place = file.flatMap { file in line.map { "\(file):\($0): " } } ?? ""
        self.init(place + message, sources: sources)
    }

    private static func place(of text: String, _ sources: [ScriptSource]) -> (file: String, line: Int, message: String)? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, let line = Int(parts[1]) { return (String(parts[0]), line, String(parts[2].drop { $0 == " " })) }
        if let name = fileWithoutReturn(text), let source = sources.first(where: { $0.name == name }) { return (name, source.lastWrittenLine, text) }
        return nil
    }

    /// "message.lua" of "message.lua returns nothing; …", which no line of its own raised.
    private static func fileWithoutReturn(_ text: String) -> String? {
        text.range(of: " returns nothing; ").map { String(text[..<$0.lowerBound]) }
    }

    public static func == (left: ScriptError, right: ScriptError) -> Bool {
        left.file == right.file && left.luaLine == right.luaLine && left.luaMessage == right.luaMessage && left.frames == right.frames
            && left.isIncompleteInput == right.isIncompleteInput && left.source == right.source
    }

    private var source: ScriptSource? { file.flatMap { file in sources.first { $0.name == file } } }

    private var diagnosis: Diagnosis? {
        guard let luaLine, let source else { return nil }
        return Diagnosis.of(luaMessage, line: luaLine, in: ScannedScript(source.stored.text), isInLibrary: inLibrary != nil) { name in
            sources.first { $0.name == name + ".lua" }.map { ScannedScript($0.stored.text) }
        }
    }

    // MARK: - What is told

    /// The line of the script. Where a word is missing, that is the line that lacks it.
    public var line: Int? { diagnosis?.line ?? luaLine }

    /// Where in the line, counted from 1 in characters, a tab being one; nil when that is not sure.
    public var column: Int? { diagnosis?.column }

    /// How many characters from the column on are to blame.
    public var length: Int? { diagnosis?.length }

    /// What went wrong, without place and remedy: "item has no field 'mesurement'".
    public var problem: String { diagnosis?.problem ?? ownWords.problem }

    /// What to do about it, as a short sentence: "did you mean 'measurement'?", "Lua writes ~= for is not".
    public var remedy: String? { diagnosis?.remedy ?? ownWords.remedy }

    /// Problem and remedy in a line, without their place.
    public var message: String { message(diagnosis) }

    /// The script's line, without its indent.
    public var excerpt: String? { line.flatMap { source?.line($0) }.map { String($0.drop { $0 == " " || $0 == "\t" }) } }

    /// The line with a caret below it, for those who put the parts together themselves.
    public var marked: Excerpt? {
        let diagnosis = diagnosis
        guard let line = diagnosis?.line ?? luaLine, let text = source?.line(line) else { return nil }
        return Excerpt(text, number: line, column: diagnosis?.column, length: diagnosis?.length)
    }

    /// "message.lua:6:37: item has no field 'mesurement'; did you mean 'measurement'?", and the line below it with a caret.
    public var description: String {
        let diagnosis = diagnosis
        let place = [file, (diagnosis?.line ?? luaLine).map(String.init), diagnosis?.column.map(String.init)].compactMap { $0 }
        let first = (place.isEmpty ? "" : place.joined(separator: ":") + ": ") + message(diagnosis)
        guard let marked = source.flatMap({ source in
            (diagnosis?.line ?? luaLine).flatMap { line in
                source.line(line).map { Excerpt($0, number: line, column: diagnosis?.column, length: diagnosis?.length) }
            }
        }) else { return first }
        return ([first, "  " + marked.line] + (marked.caret.map { ["  " + $0] } ?? [])).joined(separator: "\n")
    }

    private func message(_ diagnosis: Diagnosis?) -> String {
        let own = ownWords
        let remedy = diagnosis?.remedy ?? own.remedy
        return (diagnosis?.problem ?? own.problem) + (remedy.map { "; \($0)" } ?? "")
    }

    /// The message with a place inside of the library told apart from the place that the author knows.
    private var ownWords: (problem: String, remedy: String?) {
        let (problem, remedy) = RuntimeRemedy.split(luaMessage)
        guard let inLibrary else { return (problem, remedy) }
        return ("\(problem), in \(inLibrary)", remedy ?? "is what it was given here of the right kind?")
    }
}
