/// One small change to a script: tests that pass with it too don't notice what it changes.
public struct Mutant: Sendable, Equatable {
    /// As it was given: "message.lua".
    public let file: String
    /// The bytes of the text, in UTF-8, that are replaced.
    public let range: Range<Int>
    public let replacement: String
    /// From 1.
    public let line: Int
    /// From 1, in characters; a tab is one.
    public let column: Int
    /// "== becomes ~=".
    public let description: String

    /// The script with the change.
    public func applied(to text: String) -> String {
        let bytes = Array(text.utf8)
        let range = range.clamped(to: 0..<bytes.count)
        return String(decoding: bytes[..<range.lowerBound] + Array(replacement.utf8) + bytes[range.upperBound...], as: UTF8.self)
    }
}
