internal import Foundation
public import Lua

/// A script's value as Lua would write it, field by field, one line when it is short.
public struct PrettyValue: Sendable {
    private static let width = 76
    private static let depthMost = 8
    private let value: Value

    public init(_ value: Value) {
        self.value = value
    }

    public var text: String { write(value, indent: "", depth: 0) }

    private func write(_ value: Value, indent: String, depth: Int) -> String {
        switch value {
        case .null: return "nil"
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .double(let number): return String(number)
        case .string(let text): return Self.quoted(text)
        case .empty: return "{}"
        case .list(let values): return table(values.map { ("", $0) }, indent, depth)
        case .map(let entries): return table(entries.map { (Self.key($0.key), $0.value) }, indent, depth)
        }
    }

    private func table(_ entries: [(key: String, value: Value)], _ indent: String, _ depth: Int) -> String {
        guard depth < Self.depthMost else { return "{ … }" }
        let inner = indent + "  "
        let parts = entries.map { $0.key + write($0.value, indent: inner, depth: depth + 1) }
        let line = "{ " + parts.joined(separator: ", ") + " }"
        if line.count + indent.count <= Self.width, !line.contains("\n") { return line }
        return "{\n" + parts.map { "\(inner)\($0),\n" }.joined() + indent + "}"
    }

    private static func key(_ key: Value) -> String {
        guard let name = key.string else { return "[\(PrettyValue(key).text)] = " }
        let isName = name.range(of: "^[A-Za-z_][A-Za-z0-9_]*$", options: .regularExpression) != nil
        return isName ? "\(name) = " : "[\(quoted(name))] = "
    }

    /// Control characters are written as escapes, so that data can't move the cursor.
    public static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default: out += scalar.value < 0x20 || scalar.value == 0x7F ? "\\\(scalar.value)" : String(Character(scalar))
            }
        }
        return out + "\""
    }
}
