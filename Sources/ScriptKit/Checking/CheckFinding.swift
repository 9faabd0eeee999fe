internal import FollowUp
public import Lua

/// Something that a dealer should mend, with its place.
public struct CheckFinding: Sendable, Equatable {
    public enum Severity: String, Sendable {
        /// It goes wrong, or the standard wording goes out in its place.
        case error
        /// It goes wrong for some customers, or has no effect.
        case warning
    }

    public let severity: Severity
    /// A rule's name: "M1", "unknown-field", "does-not-load".
    public let rule: String
    public let file: String
    public let line: Int?
    public let column: Int?
    public let message: String
    /// The script's line, with a caret below what is meant.
    public let excerpt: Excerpt?
    public let remedy: String?
    /// When it happens: "reminder by sms, repair order 1042".
    public let occasion: String?

    /// "message.lua:6:37".
    public var place: String {
        [file, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    }
}

extension CheckFinding {
    /// What a hook did wrong: the first line has its place, the next the script's line.
    init(_ failure: ScriptFailure, on occasion: String) {
        let lines = failure.reason.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let parts = lines[0].split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        var message = lines[0]
        var file = "\(failure.function.split(separator: ".").first ?? "message").lua"
        var line: Int?
        var column: Int?
        if parts.count > 2, parts[0].hasSuffix(".lua"), let number = Int(parts[1]) {
            (file, line) = (parts[0], number)
            if parts.count > 3, let place = Int(parts[2]) { column = place }
            message = parts.dropFirst(column == nil ? 2 : 3).joined(separator: ":").trimmed
        }
        self.init(
            severity: .error, rule: Self.rule(in: message), file: file, line: line, column: column, message: message,
            excerpt: nil, remedy: nil, occasion: occasion)
    }

    /// "M1" of "M1: it doesn't name the declined work".
    private static func rule(in message: String) -> String {
        let start = message.prefix { $0 != ":" }
        return start.count == 2 && start.hasPrefix("M") ? String(start) : "script-error"
    }
}
