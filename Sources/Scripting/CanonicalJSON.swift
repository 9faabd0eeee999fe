public import FollowUp
public import Lua

/// Writes repair orders in the canonical form that `revisit map` prints, touches as scripts see them, and values of scripts.
///
/// Keys come in one order. `performed` and `done_elsewhere` are written when the mapping gives them, `condition` when
/// there is one; every other key is always there, null when empty.
public struct CanonicalJSON {
    public private(set) var bytes: [UInt8] = []

    public init() {
        bytes.reserveCapacity(1 << 16)
    }

    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// What was written.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func literal(_ raw: StaticString) {
        raw.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text that is JSON already.
    public mutating func splice(_ json: String) { bytes.append(contentsOf: json.utf8) }

    public mutating func write(_ order: RepairOrder) {
        literal("{\"ro_number\":")
        write(order.roNumber.text)
        literal(",\"closed_on\":")
        write(order.closedOn.description)
        literal(",\"mileage\":")
        write(order.mileage)
        write(order.customer)
        write(order.vehicle)
        literal(",\"declined\":[")
        for (place, item) in order.declined.enumerated() {
            if place > 0 { literal(",") }
            write(item)
        }
        literal("]")
        if let performed = order.performed { write(",\"performed\":", performed.map(\.opCode)) }
        if let elsewhere = order.doneElsewhere { write(",\"done_elsewhere\":", elsewhere) }
        literal("}")
    }

    /// A script's value. Keys that are numbers are written as text, and so are numbers that JSON doesn't have: "nan", "inf", "-inf".
    public mutating func write(_ value: Value) {
        switch value {
        case .null: literal("null")
        case .bool(let value): write(value)
        case .int(let value): write(Int(value))
        case .double(let value):
            if value.isFinite { write(number: value) } else { write(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf") }
        case .string(let text): write(text)
        case .empty: literal("[]")
        case .list(let values):
            literal("[")
            for (place, value) in values.enumerated() {
                if place > 0 { literal(",") }
                write(value)
            }
            literal("]")
        case .map(let entries):
            literal("{")
            for (place, entry) in entries.enumerated() {
                if place > 0 { literal(",") }
                write(key: entry.key)
                literal(":")
                write(entry.value)
            }
            literal("}")
        }
    }

    /// How a call ended: `{"returned":"email"}`, `{"skipped":"why"}`, `{"failed":"message"}`. Its place stands elsewhere.
    public mutating func write(_ outcome: CallResult.Outcome) {
        switch outcome {
        case .returned(let value):
            literal("{\"returned\":")
            write(value)
        case .skipped(let reason):
            literal("{\"skipped\":")
            write(reason)
        case .quarantined(let reason):
            literal("{\"quarantined\":")
            write(reason)
        case .failed(let error):
            literal("{\"failed\":")
            write(error.message)
        case .killed(let limit):
            literal("{\"killed\":")
            write(limit.reason)
        }
        literal("}")
    }

    private mutating func write(key: Value) {
        switch key {
        case .string(let text): write(text)
        case .int(let number): write(String(number))
        case .double(let number): write(String(number))
        default: write("")  // no other kind of key leaves the sandbox
        }
    }

    private mutating func write(_ customer: Customer) {
        literal(",\"customer\":{\"name\":")
        write(customer.name)
        literal(",\"first_name\":")
        write(customer.firstName)
        literal(",\"phone\":")
        write(customer.phone)
        literal(",\"email\":")
        write(customer.email)
        literal(",\"text_ok\":")
        write(customer.textOK)
        literal(",\"email_ok\":")
        write(customer.emailOK)
        literal(",\"preferred_channel\":")
        write(customer.preferredChannel?.rawValue)
        if let number = customer.customerNumber {
            literal(",\"customer_number\":")
            write(number)
        }
        literal("}")
    }

    private mutating func write(_ vehicle: Vehicle) {
        literal(",\"vehicle\":{\"vin\":")
        write(vehicle.vin)
        literal(",\"year\":")
        write(vehicle.year)
        literal(",\"make\":")
        write(vehicle.make)
        literal(",\"model\":")
        write(vehicle.model)
        literal("}")
    }

    private mutating func write(_ item: DeclinedItem) {
        literal("{\"op_code\":")
        write(item.opCode)
        literal(",\"description\":")
        write(item.description)
        literal(",\"price_cents\":")
        write(item.priceCents)
        if let condition = item.condition {
            literal(",\"condition\":{\"measure\":")
            write(condition.measure.rawValue)
            literal(",\"value\":")
            if let whole = Int(exactly: condition.value) { write(whole) } else { write(number: condition.value) }
            literal(",\"unit\":")
            write(condition.unit.rawValue)
            literal("}")
        }
        literal(",\"severity\":")
        write(item.severity?.rawValue)
        literal("}")
    }

    private mutating func write(_ key: StaticString, _ texts: [String]) {
        literal(key)
        literal("[")
        for (place, text) in texts.enumerated() {
            if place > 0 { literal(",") }
            write(text)
        }
        literal("]")
    }

    mutating func write(_ value: Int?) {
        guard let value else { return literal("null") }
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func write(number: Double) { bytes.append(contentsOf: String(number).utf8) }

    mutating func write(_ value: Bool?) {
        switch value {
        case nil: literal("null")
        case true?: literal("true")
        case false?: literal("false")
        }
    }

    mutating func write(_ text: String?) {
        guard var text else { return literal("null") }
        text.withUTF8 { write($0) }
    }

    /// Runs of bytes that need no escape are copied whole.
    private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for place in text.indices {
            let byte = text[place]
            guard byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
            escape(byte)
            start = place + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return bytes.append(byte) }
        bytes.append(contentsOf: (byte < 16 ? "u000" : "u00").utf8)
        bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
}
