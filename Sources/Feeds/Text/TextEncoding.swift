/// An encoding whose byte order is settled. Inside the reader all text is UTF-8, in which every scalar tells how many bytes
/// it took in the file: so offsets and raw bytes come back from the text alone, and no second buffer is kept.
enum TextEncoding: Sendable, Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    case windows1252
    case latin1
    case ebcdic(EBCDIC)

    /// Stands, in decoded text, for the odd last byte of a UTF-16 file. It is in no valid UTF-8.
    static let oddByteMark: UInt8 = 0xFF

    /// True when each character is one byte of the file.
    var isSingleByte: Bool {
        switch self {
        case .utf8, .utf16: false
        case .windows1252, .latin1, .ebcdic: true
        }
    }

    /// Returns how many bytes of the file this text was.
    func rawLength(of text: UnsafePointer<UInt8>, count: Int) -> Int {
        switch self {
        case .utf8:
            return count
        case .windows1252, .latin1, .ebcdic:
            if UTF8Check.isASCII(text, count: count) { return count }
            var scalars = 0
            for i in 0..<count where text[i] & 0xC0 != 0x80 { scalars += 1 }
            return scalars
        case .utf16:
            var units = 0
            for i in 0..<count where text[i] & 0xC0 != 0x80 { units += text[i] >= 0xF0 ? 2 : 1 }
            let hasOddByte = count > 0 && text[count - 1] == Self.oddByteMark
            return units * 2 - (hasOddByte ? 3 : 0)
        }
    }

    /// Returns the bytes of the file that this text was.
    func rawBytes(of text: UnsafeBufferPointer<UInt8>, oddByte: UInt8) -> [UInt8] {
        if self == .utf8 { return Array(text) }
        var raw: [UInt8] = []
        raw.reserveCapacity(text.count * 2)
        var i = 0
        while i < text.count {
            if text[i] == Self.oddByteMark {
                raw.append(oddByte)
                i += 1
                continue
            }
            let (value, length) = Self.scalar(at: i, in: text)
            i += length
            appendRaw(value, to: &raw)
        }
        return raw
    }

    /// Returns the scalar (or lone surrogate) whose well-formed bytes start at `i`, and how many they are.
    private static func scalar(at i: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt32, length: Int) {
        let lead = text[i]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard length > 1, i + length <= text.count else { return (UInt32(lead), 1) }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for k in 1..<length { value = value << 6 | UInt32(text[i + k] & 0x3F) }
        return (value, length)
    }

    private func appendRaw(_ value: UInt32, to raw: inout [UInt8]) {
        switch self {
        case .utf8:
            break
        case .latin1:
            raw.append(UInt8(truncatingIfNeeded: value))
        case .ebcdic(let ebcdic):
            raw.append(ebcdic.byte(of: UInt8(truncatingIfNeeded: value)))
        case .windows1252:
            let high = value < 0x100 ? nil : Windows1252.c1.firstIndex(of: UInt16(truncatingIfNeeded: value))
            raw.append(high.map { UInt8(0x80 + $0) } ?? UInt8(truncatingIfNeeded: value))
        case .utf16(let bigEndian):
            func append(_ unit: UInt32) {
                let bytes = [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
                raw.append(contentsOf: bigEndian ? bytes : bytes.reversed())
            }
            if value >= 0x10000 {
                append(0xD800 + (value - 0x10000) >> 10)
                append(0xDC00 + (value - 0x10000) & 0x3FF)
            } else {
                append(value)
            }
        }
    }
}

/// What Windows-1252 has where Latin-1 has control characters.
enum Windows1252 {
    /// The code points of bytes 0x80 to 0x9F; the five bytes without a character stand for themselves.
    static let c1: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
