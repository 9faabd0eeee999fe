/// Something in a script's text that is certainly, or in a warning very likely, not what its author meant.
public struct SourceFinding: Sendable, Equatable {
    public enum Severity: String, Sendable {
        /// It fails, or never does what it says, as soon as it runs.
        case error
        /// It fails for some customers, or does nothing.
        case warning
    }

    public enum Rule: String, Sendable, CaseIterable {
        case unknownField = "unknown-field"
        case missingValue = "missing-value"
        case wrongKind = "wrong-kind"
        case impossibleComparison = "impossible-comparison"
        case globalName = "global-name"
        case unusedLocal = "unused-local"
        case noReturn = "no-return"
        case unknownHook = "unknown-hook"
        case hookResult = "hook-result"
        case template = "template"
        case unknownModule = "unknown-module"
        case condition = "condition"
        case unicodeText = "unicode-text"
    }

    public let rule: Rule
    public let severity: Severity
    /// As it was given to the check: "message.lua".
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in characters; a tab is one.
    public let column: Int
    /// In characters, from the column on; it may go on over the line's end.
    public let length: Int
    public let message: String
    /// What to write in place of the text that the finding covers.
    public let suggestion: String?
}

extension SourceFinding: CustomStringConvertible {
    /// "message.lua:7:12: touch has no field 'custmer'; did you mean 'customer'?"
    public var description: String { "\(file):\(line):\(column): \(message)" }
}
