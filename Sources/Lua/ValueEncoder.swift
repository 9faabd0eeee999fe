internal import LuaShim

/// Writes the one value that a call is given, into a buffer that is used again for the next.
///
/// Parts are written before the whole that holds them: each call gives a `Part`, and `list` and `record` take parts.
public struct ValueEncoder: ~Copyable {
    /// A value already written; `none` is nil.
    public struct Part: Sendable, Equatable {
        let offset: UInt32
        public static let none = Part(offset: 0)
    }

    var bytes: [UInt8] = [0]

    public init() {
        bytes.reserveCapacity(4096)
    }

    /// Forgets what was written and keeps the room.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0)
    }

    public mutating func bool(_ value: Bool?) -> Part {
        guard let value else { return .none }
        return begin(Int(value ? RV_TRUE : RV_FALSE))
    }

    public mutating func int(_ value: Int?) -> Part {
        guard let value else { return .none }
        let part = begin(Int(RV_INTEGER))
        append(Int64(value))
        return part
    }

    public mutating func double(_ value: Double?) -> Part {
        guard let value else { return .none }
        let part = begin(Int(RV_DOUBLE))
        append(value)
        return part
    }

    public mutating func string(_ value: String?) -> Part {
        guard var value else { return .none }
        return value.withUTF8 { string(UnsafeRawBufferPointer($0)) }
    }

    /// Text as UTF-8 bytes.
    public mutating func string(_ utf8: UnsafeRawBufferPointer) -> Part {
        let part = begin(Int(RV_STRING))
        append(UInt32(utf8.count))
        bytes.append(contentsOf: utf8)
        return part
    }

    public mutating func list(_ parts: [Part]) -> Part {
        let part = begin(Int(RV_LIST_IN))
        append(UInt32(parts.count))
        for element in parts { append(element.offset) }
        return part
    }

    /// A record of the type that `Program.recordTypes` lists at `type`; `fields` in that type's order.
    public mutating func record(type: Int, _ fields: [Part]) -> Part {
        let part = begin(Int(RV_RECORD_IN))
        append(UInt16(type))
        append(UInt32(fields.count))
        for field in fields { append(field.offset) }
        return part
    }

    fileprivate mutating func begin(_ tag: Int) -> Part {
        let part = Part(offset: UInt32(bytes.count))
        bytes.append(UInt8(tag))
        return part
    }

    fileprivate mutating func append<Number>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
}

extension ValueEncoder {
    /// A row of the type at `type`, its cells as ranges of UTF-8 bytes; nothing is copied but the bytes of the cells.
    public mutating func row(
        type: Int, bytes cells: UnsafeRawBufferPointer, count: Int, range: (Int) -> (offset: Int, length: Int)
    ) -> Part {
        let first = bytes.count
        for place in 0..<count {
            let (offset, length) = range(place)
            _ = string(UnsafeRawBufferPointer(rebasing: cells[offset..<offset + length]))
        }
        let part = begin(Int(RV_RECORD_IN))
        append(UInt16(type))
        append(UInt32(count))
        var offset = UInt32(first)
        for place in 0..<count {
            append(offset)
            offset += 5 + UInt32(range(place).length)
        }
        return part
    }
}
