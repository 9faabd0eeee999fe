/// Writes the one value that a call is given, into a buffer that is used again for the next.
///
/// Parts are written before the whole that holds them: each call gives a `Part`, and `list` and `record` take parts.
/// The bytes are described in `LuaShim.h`. One value may hold 4 GB.
public struct ValueEncoder: ~Copyable {
    /// A value already written; `none` is nil.
    @frozen
    public struct Part: Sendable, Equatable {
        @usableFromInline let offset: UInt32

        @inlinable init(offset: UInt32) {
            self.offset = offset
        }

        public static var none: Part { @inlinable get { Part(offset: 0) } }
    }

    // The tags of `LuaShim.h`; a test compares them.
    @usableFromInline static var falseTag: UInt8 { @inlinable get { 1 } }
    @usableFromInline static var trueTag: UInt8 { @inlinable get { 2 } }
    @usableFromInline static var integerTag: UInt8 { @inlinable get { 3 } }
    @usableFromInline static var doubleTag: UInt8 { @inlinable get { 4 } }
    @usableFromInline static var stringTag: UInt8 { @inlinable get { 5 } }
    @usableFromInline static var listTag: UInt8 { @inlinable get { 6 } }
    @usableFromInline static var recordTag: UInt8 { @inlinable get { 7 } }

    @usableFromInline var bytes: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    /// The bytes written. Offset 0 holds no value, so that it can stand for nil.
    @usableFromInline var count = 1

    public init() {
        capacity = 4096
        bytes = .allocate(byteCount: capacity, alignment: 8)
        bytes.storeBytes(of: 0, as: UInt8.self)
    }

    deinit {
        bytes.deallocate()
    }

    /// Forgets what was written and keeps the room.
    @inlinable
    public mutating func reset() { count = 1 }

    @inlinable
    public mutating func bool(_ value: Bool?) -> Part {
        guard let value else { return .none }
        return begin(value ? Self.trueTag : Self.falseTag, 0)
    }

    @inlinable
    public mutating func int(_ value: Int?) -> Part {
        guard let value else { return .none }
        let part = begin(Self.integerTag, 8)
        append(Int64(value))
        return part
    }

    @inlinable
    public mutating func double(_ value: Double?) -> Part {
        guard let value else { return .none }
        let part = begin(Self.doubleTag, 8)
        append(value)
        return part
    }

    @inlinable
    public mutating func string(_ value: String?) -> Part {
        guard var value else { return .none }
        return value.withUTF8 { string(UnsafeRawBufferPointer($0)) }
    }

    /// Text as UTF-8 bytes.
    @inlinable
    public mutating func string(_ utf8: UnsafeRawBufferPointer) -> Part {
        let part = begin(Self.stringTag, 4 + utf8.count)
        append(UInt32(utf8.count))
        if let start = utf8.baseAddress {
            (bytes + count).copyMemory(from: start, byteCount: utf8.count)
            count += utf8.count
        }
        return part
    }

    @inlinable
    public mutating func list(_ parts: [Part]) -> Part {
        let part = begin(Self.listTag, 4 + 4 * parts.count)
        append(UInt32(parts.count))
        for element in parts { append(element.offset) }
        return part
    }

    /// A record of the type that `Program.recordTypes` lists at `type`; `fields` in that type's order.
    @inlinable
    public mutating func record(type: Int, _ fields: [Part]) -> Part {
        let part = begin(Self.recordTag, 6 + 4 * fields.count)
        append(UInt16(type))
        append(UInt32(fields.count))
        for field in fields { append(field.offset) }
        return part
    }

    /// Starts a value and makes room for all of its bytes.
    @inlinable
    mutating func begin(_ tag: UInt8, _ length: Int) -> Part {
        if count + 1 + length > capacity { grow(by: 1 + length) }
        let part = Part(offset: UInt32(truncatingIfNeeded: count))
        bytes.storeBytes(of: tag, toByteOffset: count, as: UInt8.self)
        count += 1
        return part
    }

    /// Appends to a value that was begun; the room is there.
    @inlinable
    mutating func append<Number: BitwiseCopyable>(_ number: Number) {
        bytes.storeBytes(of: number, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    @usableFromInline
    mutating func grow(by length: Int) {
        precondition(count + length <= Int(UInt32.max), "a call's input is larger than 4 GB")
        while capacity < count + length { capacity *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: bytes, byteCount: count)
        bytes.deallocate()
        bytes = larger
    }
}

extension ValueEncoder {
    /// A row of the type at `type`, its cells as ranges of UTF-8 bytes; nothing is copied but the bytes of the cells.
    @inlinable
    public mutating func row(
        type: Int, bytes cells: UnsafeRawBufferPointer, count cellCount: Int, range: (Int) -> (offset: Int, length: Int)
    ) -> Part {
        let first = count
        for place in 0..<cellCount {
            let (offset, length) = range(place)
            _ = string(UnsafeRawBufferPointer(rebasing: cells[offset..<offset + length]))
        }
        let part = begin(Self.recordTag, 6 + 4 * cellCount)
        append(UInt16(type))
        append(UInt32(cellCount))
        var offset = UInt32(first)
        for place in 0..<cellCount {
            append(offset)
            offset += 5 + UInt32(range(place).length)
        }
        return part
    }
}
