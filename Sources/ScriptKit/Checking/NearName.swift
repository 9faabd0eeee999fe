internal import Scripting

/// The known name that a word is probably meant to be.
struct NearName {
    /// Nil when none is near.
    let name: String?
    /// "; did you mean 'x'?", or nothing.
    let hint: String

    /// Any two shorter words are near each other.
    private static let fewestLetters = 3

    init(_ word: String, among names: [String]) {
        hint = word.count < Self.fewestLetters ? "" : Suggestion.hint(for: word, among: names)
        let parts = hint.split(separator: "'", omittingEmptySubsequences: false)
        name = parts.count > 2 ? parts[1..<(parts.count - 1)].joined(separator: "'") : nil
    }
}
