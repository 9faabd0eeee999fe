/// Tells text from bytes that only look like it.
enum UTF8Check {
    /// Returns true when no byte has its high bit set, which is so for nearly every row.
    static func isASCII(_ text: UnsafePointer<UInt8>, count: Int) -> Bool {
        let raw = UnsafeRawPointer(text)
        var bits: UInt64 = 0
        var i = 0
        while i + 8 <= count {
            bits |= raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            i += 8
        }
        while i < count {
            bits |= UInt64(text[i])
            i += 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }

    /// Returns where the first byte lies that is not part of well-formed UTF-8, or nil.
    static func firstInvalid(_ text: UnsafePointer<UInt8>, count: Int) -> Int? {
        var i = 0
        while i < count {
            if text[i] < 0x80 {
                i += 1
                continue
            }
            let length = sequenceLength(text + i, count: count - i)
            guard length > 0 else { return i }
            i += length
        }
        return nil
    }

    /// Returns the length of the well-formed sequence of several bytes that starts here, or 0.
    static func sequenceLength(_ text: UnsafePointer<UInt8>, count: Int) -> Int {
        let lead = text[0]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard length <= count, second.contains(text[1]) else { return 0 }
        for k in 2..<max(2, length) where text[k] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
