internal import LuaShim

/// Reads the bytes that `LuaShim.h` describes; they come from the shim alone, so a wrong tag is a defect.
struct ValueDecoder {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    mutating func next() -> Value {
        switch Int(read(UInt8.self)) {
        case RV_FALSE: return .bool(false)
        case RV_TRUE: return .bool(true)
        case RV_INTEGER: return .int(read(Int64.self))
        case RV_DOUBLE: return .double(read(Double.self))
        case RV_STRING: return .string(text())
        case RV_EMPTY: return .empty
        case RV_LIST:
            let count = Int(read(UInt32.self))
            var values: [Value] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(next()) }
            return .list(values)
        case RV_MAP:
            let count = Int(read(UInt32.self))
            var entries: [Value.Entry] = []
            entries.reserveCapacity(count)
            for _ in 0..<count {
                let key = next()
                entries.append(Value.Entry(key: key, value: next()))
            }
            return .map(entries)
        default: return .null
        }
    }

    private mutating func read<Number>(_ type: Number.Type) -> Number {
        defer { offset += MemoryLayout<Number>.size }
        return bytes.loadUnaligned(fromByteOffset: offset, as: type)
    }

    private mutating func text() -> String {
        let count = Int(read(UInt32.self))
        defer { offset += count }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]), as: UTF8.self)
    }
}
