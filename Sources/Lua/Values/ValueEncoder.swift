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

    /// The first `count` bytes are written. Offset 0 holds no value, so that it can stand for nil.
    private(set) var bytes: UnsafeMutableRawPointer
    private var capacity = 4096
    private var count = 1
    /// Parts of wholes that are being written.
    private var pending: [UInt32] = []

    public init() {
        bytes = .allocate(byteCount: capacity, alignment: 8)
        bytes.storeBytes(of: 0, as: UInt8.self)
    }

    deinit {
        bytes.deallocate()
    }

    /// Forgets what was written and keeps the room.
    public mutating func reset() {
        count = 1
        pending.removeAll(keepingCapacity: true)
    }

    public mutating func bool(_ value: Bool?) -> Part {
        guard let value else { return .none }
        return begin(Int(value ? RV_TRUE : RV_FALSE), 0)
    }

    public mutating func int(_ value: Int?) -> Part {
        guard let value else { return .none }
        let part = begin(Int(RV_INTEGER), 8)
        append(Int64(value))
        return part
    }

    public mutating func double(_ value: Double?) -> Part {
        guard let value else { return .none }
        let part = begin(Int(RV_DOUBLE), 8)
        append(value)
        return part
    }

    public mutating func string(_ value: String?) -> Part {
        guard var value else { return .none }
        return value.withUTF8 { string(UnsafeRawBufferPointer($0)) }
    }

    /// Text as UTF-8 bytes.
    public mutating func string(_ utf8: UnsafeRawBufferPointer) -> Part {
        let part = begin(Int(RV_STRING), 4 + utf8.count)
        append(UInt32(utf8.count))
        append(utf8)
        return part
    }

    public mutating func list(_ parts: [Part]) -> Part {
        let part = begin(Int(RV_LIST_IN), 4 + 4 * parts.count)
        append(UInt32(parts.count))
        for element in parts { append(element.offset) }
        return part
    }

    /// A record of the type that `Program.recordTypes` lists at `type`; `fields` in that type's order.
    public mutating func record(type: Int, _ fields: [Part]) -> Part {
        let part = begin(Int(RV_RECORD_IN), 6 + 4 * fields.count)
        append(UInt16(type))
        append(UInt32(fields.count))
        for field in fields { append(field.offset) }
        return part
    }

    // MARK: Wholes of any number of parts

    /// Begins a whole: what is added until it ends is of it. Give the result to `endList`, `endObject` or `endElement`.
    public func begin() -> Int { pending.count }

    public mutating func add(_ part: Part) {
        pending.append(part.offset)
    }

    public mutating func endList(_ start: Int) -> Part {
        let part = begin(Int(RV_LIST_IN), 4 + 4 * (pending.count - start))
        append(UInt32(pending.count - start))
        appendPending(from: start)
        return part
    }

    /// An object of the names and values that were added in turns. What it lacks is nil.
    public mutating func endObject(_ start: Int) -> Part {
        let part = begin(Int(RV_OBJECT_IN), 4 + 4 * (pending.count - start))
        append(UInt32((pending.count - start) / 2))
        appendPending(from: start)
        return part
    }

    /// An XML element: the names and values of its attributes were added first, in turns, and then its elements.
    public mutating func endElement(_ start: Int, name: Part, text: Part, attributes: Int) -> Part {
        let part = begin(Int(RV_ELEMENT_IN), 16 + 4 * (pending.count - start))
        append(name.offset)
        append(text.offset)
        append(UInt32(attributes))
        append(UInt32(pending.count - start - 2 * attributes))
        appendPending(from: start)
        return part
    }

    private mutating func appendPending(from start: Int) {
        for place in start..<pending.count { append(pending[place]) }
        pending.removeLast(pending.count - start)
    }

    /// Whether a call read the value that has this name, or this cell of a row, when the machine marks reads.
    public func wasRead(_ part: Part) -> Bool {
        part.offset != 0 && Int32(bytes.load(fromByteOffset: Int(part.offset), as: UInt8.self)) & RV_READ != 0
    }

    /// The same of a row's cell, by place.
    public func wasRead(cell: Int, of row: Part) -> Bool {
        wasRead(Part(offset: bytes.loadUnaligned(fromByteOffset: Int(row.offset) + 7 + 4 * cell, as: UInt32.self)))
    }

    /// Starts a value and makes room for all of its bytes.
    private mutating func begin(_ tag: Int, _ length: Int) -> Part {
        makeRoom(1 + length)
        let part = Part(offset: UInt32(truncatingIfNeeded: count))
        bytes.storeBytes(of: UInt8(truncatingIfNeeded: tag), toByteOffset: count, as: UInt8.self)
        count += 1
        return part
    }

    /// Appends where there is room.
    private mutating func append<Number: BitwiseCopyable>(_ number: Number) {
        bytes.storeBytes(of: number, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    private mutating func append(_ utf8: UnsafeRawBufferPointer) {
        guard let start = utf8.baseAddress else { return }
        (bytes + count).copyMemory(from: start, byteCount: utf8.count)
        count += utf8.count
    }

    private mutating func makeRoom(_ length: Int) {
        if count + length > capacity { grow(length) }
    }

    @inline(never)
    private mutating func grow(_ length: Int) {
        precondition(count + length <= UInt32.max, "one value is at most 4 GB")
        while capacity < count + length { capacity *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: bytes, byteCount: count)
        bytes.deallocate()
        bytes = larger
    }
}

extension ValueEncoder {
    /// A row of the type at `type`, its cells as ranges of UTF-8 bytes; nothing is copied but the bytes of the cells.
    public mutating func row(
        type: Int, bytes cells: UnsafeRawBufferPointer, count cellCount: Int, range: (Int) -> (offset: Int, length: Int)
    ) -> Part {
        let part = begin(Int(RV_RECORD_IN), 6 + 4 * cellCount)
        append(UInt16(type))
        append(UInt32(cellCount))
        // The cells come behind the row's own list of them.
        var place = count
        count += 4 * cellCount
        for cell in 0..<cellCount {
            let (offset, length) = range(cell)
            let text = string(UnsafeRawBufferPointer(rebasing: cells[offset..<offset + length]))
            bytes.storeBytes(of: text.offset, toByteOffset: place, as: UInt32.self)
            place += 4
        }
        return part
    }
}
