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

    public var description: String { (frames.first.map { "\($0): " } ?? "") + reason }

    /// The description without its place.
    public var reason: String {
        let function = frames.first?.function.map { " in '\($0)'" } ?? ""
        return "the script \(limit.words)\(function) and was stopped"
    }
}
