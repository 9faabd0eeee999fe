/// A plain value that came out of a script, copied.
public enum Value: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case list([Value])
    /// In key order: numbers ascending, then text byte by byte.
    case map([Entry])
    /// A table without entries, which reads as a list and as a map.
    case empty

    /// A key and its value.
    public struct Entry: Sendable, Equatable {
        public let key: Value
        public let value: Value

        public init(key: Value, value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// The value under a text key; `.null` when there is none.
    public subscript(key: String) -> Value {
        guard case .map(let entries) = self else { return .null }
        for entry in entries { if case .string(key) = entry.key { return entry.value } }
        return .null
    }

    public var isNull: Bool { self == .null }

    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number, also one that Lua holds as a float.
    public var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    public var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    public var list: [Value]? {
        switch self {
        case .list(let values): values
        case .empty: []
        default: nil
        }
    }

    public var entries: [Entry]? {
        switch self {
        case .map(let entries): entries
        case .empty: []
        default: nil
        }
    }

    /// The kind in a script author's words: "text", "a number", "a table".
    public var kind: String {
        switch self {
        case .null: "nothing"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string: "text"
        case .list, .map, .empty: "a table"
        }
    }
}
