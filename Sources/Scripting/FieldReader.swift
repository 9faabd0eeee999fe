internal import Foundation
public import Lua

/// What is wrong with a table that a script returned, by the field's path.
public struct InvalidTable: Error {
    public let reason: String

    public init(reason: String) {
        self.reason = reason
    }

    /// The name of the field at fault: "close" of "hours.close is …", "hour" of "rooftop.lua has no field 'hour'".
    var field: String {
        if let start = reason.range(of: " has no field '") { return String(reason[start.upperBound...].prefix { $0 != "'" }) }
        let path = reason.prefix { $0 != " " }
        return String((path.split(separator: ".").last ?? path).prefix { $0 != "[" })
    }
}

/// The fields of one table that a script returned: each is read by name and kind, and an unknown one is refused.
public struct FieldReader {
    private let entries: [Value.Entry]
    private let path: FieldPath

    /// - Parameters:
    ///   - known: the names of the fields, sorted.
    ///   - whole: what the table is called when it is not inside another: "a repair order".
    public init(_ value: Value, at path: FieldPath, known: [String], of whole: String) throws(InvalidTable) {
        guard let entries = value.entries else {
            if !path.isWhole, value.isNull { throw InvalidTable(reason: "\(path) is missing; write \(path) = { … }") }
            if path.isWhole, value.list != nil { throw InvalidTable(reason: "the mapping returned a list; return one repair order for its records") }
            throw InvalidTable(reason: "\(path.isWhole ? whole : path.description) is \(value.kind), expected a table")
        }
        self.entries = entries
        self.path = path
        // Both come in order, so that one walk along the known names passes all that are there.
        var next = known.startIndex
        for entry in entries {
            if case .string(let key) = entry.key {
                while next < known.endIndex, known[next] != key { next += 1 }
            } else {
                next = known.endIndex
            }
            guard next < known.endIndex else {
                let key = entry.key.string ?? "a number"
                let place = path.isWhole ? whole : path.description
                throw InvalidTable(reason: "\(place) has no field '\(key)'\(Suggestion.hint(for: key, among: known))")
            }
        }
    }

    /// `.null` when there is none.
    public func value(_ key: String) -> Value {
        for entry in entries { if case .string(let name) = entry.key, name == key { return entry.value } }
        return .null
    }

    public func missing(_ key: String) -> InvalidTable { InvalidTable(reason: "\(path.field(key)) is missing") }

    /// Nil when there is none; empty text counts as none.
    public func text(_ key: String) throws(InvalidTable) -> String? {
        let value = value(key)
        if value.isNull { return nil }
        guard let text = value.string else { throw wrong(key, value, "text") }
        return text.isEmpty ? nil : text
    }

    public func int(_ key: String) throws(InvalidTable) -> Int? {
        let value = value(key)
        if value.isNull { return nil }
        guard let int = value.int else {
            throw wrong(key, value, "a whole number; \(key.hasSuffix("_cents") ? "money.cents" : "math.tointeger") makes one of a text")
        }
        return int
    }

    public func number(_ key: String) throws(InvalidTable) -> Double? {
        let value = value(key)
        if value.isNull { return nil }
        guard let number = value.double, number.isFinite else { throw wrong(key, value, "a number") }
        return number
    }

    public func bool(_ key: String) throws(InvalidTable) -> Bool? {
        let value = value(key)
        if value.isNull { return nil }
        guard let bool = value.bool else { throw wrong(key, value, "true, false or nil") }
        return bool
    }

    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(InvalidTable) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        throw InvalidTable(
            reason: "\(path.field(key)) is '\(text)', expected one of \(names.joined(separator: ", "))\(Suggestion.hint(for: text, among: names))")
    }

    public func list<Element>(
        _ key: String, _ element: (Value, FieldPath) throws(InvalidTable) -> Element
    ) throws(InvalidTable) -> [Element]? {
        let value = value(key)
        if value.isNull { return nil }
        guard let values = value.list else { throw wrong(key, value, "a list") }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        let list = path.field(key)
        for (place, value) in values.enumerated() { elements.append(try element(value, list.element(place + 1))) }
        return elements
    }

    private func wrong(_ key: String, _ value: Value, _ expected: String) -> InvalidTable {
        InvalidTable(reason: "\(path.field(key)) is \(value.kind), expected \(expected)")
    }
}
