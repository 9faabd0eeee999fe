internal import Foundation

/// What a script's text tells of an error besides Lua's own words: where in the line it is, and what to do.
///
/// Lua names a line and mostly a word. The rest is found by reading the line again, and left out where that is unsure:
/// a wrong hint is worse than none.
struct Diagnosis: Equatable {
    /// Another line than Lua's, when what is missing is missing there.
    var line: Int
    /// Counted from 1, in characters.
    var column: Int?
    var length: Int?
    /// "did you mean 'measurement'?", "Lua writes ~= for is not".
    var remedy: String?
    /// Plainer than Lua's own sentence; nil where that will do.
    var problem: String?

    /// - Parameters:
    ///   - problem: Lua's message without its place.
    ///   - isInLibrary: the line is that which called the library, in which the error was.
    ///   - module: the text of a file that the script may require, by its name without ".lua".
    static func of(_ problem: String, line: Int, in script: ScannedScript, isInLibrary: Bool = false, module: @escaping (String) -> ScannedScript?) -> Diagnosis {
        let message = ErrorMessage(problem)
        guard line >= 1, line <= script.lineCount else { return Diagnosis(line: line) }
        let runtime = RuntimeRemedy(message, line: line, script: script, module: module)
        if isInLibrary { return runtime.libraryCall }
        if message.isSyntax { return SyntaxRemedy(message, line: line, script: script).diagnosis }
        return runtime.diagnosis
    }
}

/// Lua's sentence, taken apart.
struct ErrorMessage {
    let text: String

    init(_ text: String) { self.text = text }

    /// "a list", "a text": a value's kind with its article.
    static func words(_ kind: String) -> String {
        switch kind {
        case "nil": "nil"
        case "string": "a text"
        case "boolean": "true or false"
        default: ("aeiou".contains(kind.first ?? "x") ? "an " : "a ") + kind
        }
    }

    func has(_ words: String) -> Bool { text.contains(words) }

    /// What stands between the words and the next of `end`, as in "field '…'".
    func quoted(after words: String, upTo end: String = "'") -> String? {
        guard let start = text.range(of: words) else { return nil }
        let rest = text[start.upperBound...]
        return rest.range(of: end).map { String(rest[..<$0.lowerBound]) }
    }

    var isSyntax: Bool {
        [" near '", " near <", " expected near ", "<eof>"].contains(where: text.contains) || text.hasPrefix("break outside a loop")
            || text.hasPrefix("attempt to assign to const") || text.hasPrefix("cannot use '...'")
    }

    /// The word at which the parser gave up; nil at the end of the text.
    var near: String? {
        guard let start = text.range(of: " near '", options: .backwards), text.hasSuffix("'") else { return nil }
        let word = text[start.upperBound...].dropLast()
        return word.isEmpty ? nil : String(word)
    }

    /// "field" and "first_name" of "attempt to index a nil value (field 'first_name')".
    var subject: (kind: String, name: String)? {
        guard text.hasSuffix("')"), let start = text.range(of: " (", options: .backwards) else { return nil }
        let inside = text[start.upperBound...].dropLast(2)
        guard let quote = inside.range(of: " '") else { return nil }
        let name = String(inside[quote.upperBound...])
        return (String(inside[..<quote.lowerBound]), name == "?" || name == "integer index" ? "" : name)
    }

    /// "nil" of "attempt to index a nil value".
    var valueKind: String? { text.range(of: " value").flatMap { value in
        text[..<value.lowerBound].split(separator: " ").last.map(String.init)
    } }
}
