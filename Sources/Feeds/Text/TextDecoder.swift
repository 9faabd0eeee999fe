/// Decodes a file's bytes to UTF-8, chunk by chunk: a character may be cut by the end of a chunk.
///
/// A lone UTF-16 surrogate becomes its three bytes in the manner of UTF-8, which no check for UTF-8 lets pass; so the row it
/// stands in is quarantined and its bytes are not lost.
struct TextDecoder {
    let encoding: TextEncoding
    /// The byte left over when a UTF-16 file has an odd number of them.
    private(set) var oddByte: UInt8 = 0
    private var hasOddByte = false
    private var highSurrogate: UInt32?
    /// What each byte of an EBCDIC file stands for.
    private let characters: [UInt8]

    init(encoding: TextEncoding) {
        self.encoding = encoding
        characters = if case .ebcdic(let ebcdic) = encoding { ebcdic.characters } else { [] }
    }

    /// The most bytes of UTF-8 that `count` more bytes of the file can become.
    static func capacity(forRaw count: Int) -> Int {
        count * 3 + 8
    }

    /// Decodes `raw` to `output` and returns the number of bytes written.
    mutating func decode(_ raw: UnsafeRawBufferPointer, to output: UnsafeMutablePointer<UInt8>) -> Int {
        switch encoding {
        case .utf8:
            UnsafeMutableRawPointer(output).copyMemory(from: raw.baseAddress!, byteCount: raw.count)
            return raw.count
        case .windows1252, .latin1:
            return Self.decodeBytes(raw, isWindows: encoding == .windows1252, to: output)
        case .ebcdic:
            return decodeCharacters(raw, to: output)
        case .utf16(let bigEndian):
            return decodeUnits(raw, bigEndian: bigEndian, to: output)
        }
    }

    /// Writes what is left over at the end of the file and returns the number of bytes written.
    mutating func finish(to output: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        if let high = highSurrogate {
            written = Self.put(high, at: output)
            highSurrogate = nil
        }
        if hasOddByte {
            output[written] = TextEncoding.oddByteMark
            written += 1
            hasOddByte = false
        }
        return written
    }

    /// Decodes single-byte text to `output` and returns the number of bytes written.
    static func decodeBytes(_ raw: UnsafeRawBufferPointer, isWindows: Bool, to output: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        for byte in raw {
            if byte < 0x80 {
                output[written] = byte
                written += 1
            } else if isWindows && byte < 0xA0 {
                written += put(UInt32(Windows1252.c1[Int(byte) - 0x80]), at: output + written)
            } else {
                output[written] = 0xC0 | byte >> 6
                output[written + 1] = 0x80 | byte & 0x3F
                written += 2
            }
        }
        return written
    }

    private func decodeCharacters(_ raw: UnsafeRawBufferPointer, to output: UnsafeMutablePointer<UInt8>) -> Int {
        characters.withUnsafeBufferPointer { characters in
            var written = 0
            for byte in raw {
                let character = characters[Int(byte)]
                if character < 0x80 {
                    output[written] = character
                    written += 1
                } else {
                    output[written] = 0xC0 | character >> 6
                    output[written + 1] = 0x80 | character & 0x3F
                    written += 2
                }
            }
            return written
        }
    }

    private mutating func decodeUnits(
        _ raw: UnsafeRawBufferPointer, bigEndian: Bool, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var written = 0
        var i = 0
        while i < raw.count {
            let first: UInt8
            if hasOddByte {
                first = oddByte
                hasOddByte = false
            } else {
                first = raw[i]
                i += 1
                guard i < raw.count else {
                    oddByte = first
                    hasOddByte = true
                    break
                }
            }
            let second = raw[i]
            i += 1
            let unit = bigEndian ? UInt32(first) << 8 | UInt32(second) : UInt32(second) << 8 | UInt32(first)
            if let high = highSurrogate {
                highSurrogate = nil
                if (0xDC00...0xDFFF).contains(unit) {
                    written += Self.put(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), at: output + written)
                    continue
                }
                written += Self.put(high, at: output + written)
            }
            if (0xD800...0xDBFF).contains(unit) {
                highSurrogate = unit
            } else {
                written += Self.put(unit, at: output + written)
            }
        }
        return written
    }

    private static func put(_ value: UInt32, at output: UnsafeMutablePointer<UInt8>) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift) & 0x3F }
        if value < 0x80 {
            output[0] = UInt8(value)
            return 1
        }
        if value < 0x800 {
            output[0] = 0xC0 | UInt8(value >> 6)
            output[1] = tail(0)
            return 2
        }
        if value < 0x10000 {
            output[0] = 0xE0 | UInt8(value >> 12)
            output[1] = tail(6)
            output[2] = tail(0)
            return 3
        }
        output[0] = 0xF0 | UInt8(value >> 18)
        output[1] = tail(12)
        output[2] = tail(6)
        output[3] = tail(0)
        return 4
    }
}
