internal import LuaShim

/// Which limit ended a call, and where the script was then.
public struct LimitExceeded: Error, Sendable, Equatable, CustomStringConvertible {
    /// A named limit of `Limits`.
    public enum Limit: String, Sendable {
        case fuel, memory, block, recursion, processorTime, output

        init(_ limit: rv_limit) {
            self =
                switch limit {
                case RV_LIMIT_MEMORY: .memory
                case RV_LIMIT_BLOCK: .block
                case RV_LIMIT_RECURSION: .recursion
                case RV_LIMIT_PROCESSOR_TIME: .processorTime
                case RV_LIMIT_OUTPUT: .output
                default: .fuel
                }
        }

        var words: String {
            switch self {
            case .fuel: "ran too long (instruction limit)"
            case .memory: "used too much memory"
            case .block: "made a single string or table that is too large"
            case .recursion: "called too deep (does a function call itself without end?)"
            case .processorTime: "ran too long (time limit)"
            case .output: "returned or printed too much"
            }
        }
    }

    public let limit: Limit
    /// Innermost frame first; may be empty.
    public let frames: [Frame]
    private let sources: [ScriptSource]

    init(limit: Limit, frames: [Frame], sources: [ScriptSource] = []) {
        self.limit = limit
        self.frames = frames
        self.sources = sources
    }

    public static func == (left: LimitExceeded, right: LimitExceeded) -> Bool { left.limit == right.limit && left.frames == right.frames }

    /// What to do about it: a script seldom means to work that long.
    public var remedy: String {
        switch limit {
        case .fuel, .processorTime: "does a loop never come to its end?"
        case .memory, .block: "does a loop add to a list or text without end?"
        case .recursion: "a function that calls itself needs an if that ends it"
        case .output: "is something printed or added to a list in a loop without end?"
        }
    }

    /// "message.lua:3: the script ran too long …", in one line.
    public var message: String { (frames.first.map { "\($0): " } ?? "") + "\(reason); \(remedy)" }

    /// What happened, without place and remedy.
    public var reason: String {
        let function = frames.first?.function.map { " in '\($0)'" } ?? ""
        return "the script \(limit.words)\(function) and was stopped"
    }

    /// The line where the script was.
    public var marked: Excerpt? {
        guard let frame = frames.first, let text = sources.first(where: { $0.name == frame.file })?.line(frame.line) else { return nil }
        return Excerpt(text, number: frame.line, column: nil, length: nil)
    }

    /// The message, and the line where the script was.
    public var description: String { message + (marked.map { "\n  " + $0.line } ?? "") }
}
