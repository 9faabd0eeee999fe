/// One line of a script that was running.
public struct Frame: Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let function: String?

    public var description: String { "\(file):\(line)" }

    static func parse(_ trace: String) -> [Frame] {
        trace.split(separator: "\n").compactMap { text in
            let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let line = Int(parts[1]) else { return nil }
            return Frame(file: String(parts[0]), line: line, function: parts[2].isEmpty ? nil : String(parts[2]))
        }
    }
}
