internal import Lua

/// The fields of one table that a script returned: each is read by name and kind, and an unknown one is refused.
struct FieldReader {
    private let table: Value
    private let path: String

    init(_ value: Value, at path: String, known: [String]) throws(InvalidRepairOrder) {
        guard let entries = value.entries else {
            let what = path.isEmpty ? "repair_order returned" : "\(path) is"
            throw InvalidRepairOrder(reason: "\(what) \(value.kind), expected a table")
        }
        table = value
        self.path = path
        for entry in entries {
            guard case .string(let key) = entry.key, known.contains(key) else {
                let key = entry.key.string ?? "a number"
                let place = path.isEmpty ? "a repair order" : path
                throw InvalidRepairOrder(reason: "\(place) has no field '\(key)'\(Suggestion.hint(for: key, among: known))")
            }
        }
    }

    func value(_ key: String) -> Value { table[key] }

    func missing(_ key: String) -> InvalidRepairOrder { InvalidRepairOrder(reason: "\(name(key)) is missing") }

    /// Nil when there is none; empty text counts as none.
    func text(_ key: String) throws(InvalidRepairOrder) -> String? {
        let value = table[key]
        if value.isNull { return nil }
        guard let text = value.string else { throw wrong(key, value, "text") }
        return text.isEmpty ? nil : text
    }

    func int(_ key: String) throws(InvalidRepairOrder) -> Int? {
        let value = table[key]
        if value.isNull { return nil }
        guard let int = value.int else { throw wrong(key, value, "a whole number") }
        return int
    }

    func number(_ key: String) throws(InvalidRepairOrder) -> Double? {
        let value = table[key]
        if value.isNull { return nil }
        guard let number = value.double, number.isFinite else { throw wrong(key, value, "a number") }
        return number
    }

    func bool(_ key: String) throws(InvalidRepairOrder) -> Bool? {
        let value = table[key]
        if value.isNull { return nil }
        guard let bool = value.bool else { throw wrong(key, value, "true, false or nil") }
        return bool
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(InvalidRepairOrder) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        throw InvalidRepairOrder(
            reason: "\(name(key)) is '\(text)', expected one of \(names.joined(separator: ", "))\(Suggestion.hint(for: text, among: names))")
    }

    func list<Element>(
        _ key: String, _ element: (Value, String) throws(InvalidRepairOrder) -> Element
    ) throws(InvalidRepairOrder) -> [Element]? {
        let value = table[key]
        if value.isNull { return nil }
        guard let values = value.list else { throw wrong(key, value, "a list") }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for (place, value) in values.enumerated() { elements.append(try element(value, "\(name(key))[\(place + 1)]")) }
        return elements
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func wrong(_ key: String, _ value: Value, _ expected: String) -> InvalidRepairOrder {
        InvalidRepairOrder(reason: "\(name(key)) is \(value.kind), expected \(expected)")
    }
}
