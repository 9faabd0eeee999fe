public import Lua

/// Why a test failed, with all that is needed to mend it.
public struct TestFailure: Sendable, Equatable {
    /// One sentence, without its place; it has the values that differ.
    public let message: String
    /// Where it was raised: the test's own line, or that of the script under test.
    public let file: String?
    public let line: Int?
    public let column: Int?
    /// The script's line, with a caret below what is meant.
    public let excerpt: Excerpt?
    /// What to do about it, in a few words.
    public let remedy: String?
    /// The values that were compared, as they are shown.
    public let expected: String?
    public let actual: String?
    /// The smallest value for which a property fails, and how it was found.
    public let example: String?
    public let runs: Int?

    public init(
        message: String, file: String? = nil, line: Int? = nil, column: Int? = nil, excerpt: Excerpt? = nil,
        remedy: String? = nil, expected: String? = nil, actual: String? = nil, example: String? = nil, runs: Int? = nil
    ) {
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.remedy = remedy
        self.expected = expected
        self.actual = actual
        self.example = example
        self.runs = runs
    }

    /// "message.lua:6:37".
    public var place: String? {
        guard let file else { return nil }
        return [file, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    }
}
