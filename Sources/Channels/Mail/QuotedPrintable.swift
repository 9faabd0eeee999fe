/// Quoted-printable (RFC 2045, 6.7).
enum QuotedPrintable {
    static let lineCharactersMost = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Lines without their ends, as lines of at most 76 characters joined by CRLF.
    ///
    /// A dot or "From " at a line's start is encoded as well: it then means nothing to systems on the way.
    static func encode(lines: [String]) -> String {
        var encoded: [UInt8] = []
        for (number, line) in lines.enumerated() {
            if number > 0 { encoded += [0x0D, 0x0A] }
            encode(Array(line.utf8), into: &encoded)
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Reads what is encoded; what isn't stays as it is. White space at a line's end was added on the way.
    static func decode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        let lines = Array(bytes).split(separator: 0x0A, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let isSoft = decode(Array(line), into: &decoded)
            guard !isSoft, number < lines.count - 1 else { continue }
            decoded += line.last == 0x0D ? [0x0D, 0x0A] : [0x0A]
        }
        return decoded
    }

    private static func encode(_ line: [UInt8], into encoded: inout [UInt8]) {
        var column = 0
        for (place, byte) in line.enumerated() {
            let isLast = place == line.count - 1
            var isPlain = isPlain(byte, startsLine: column == 0, endsLine: isLast)
            // Room for the "=" of a soft break, except at the line's end.
            if column + (isPlain ? 1 : 3) > lineCharactersMost - (isLast ? 0 : 1) {
                encoded += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
                isPlain = Self.isPlain(byte, startsLine: true, endsLine: isLast)
            }
            append(byte, plain: isPlain, to: &encoded)
            column += isPlain ? 1 : 3
        }
    }

    private static func isPlain(_ byte: UInt8, startsLine: Bool, endsLine: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case UInt8(ascii: "."), UInt8(ascii: "F"): !startsLine
        case UInt8(ascii: " "), 0x09: !endsLine
        case 0x21...0x7E: true
        default: false
        }
    }

    private static func append(_ byte: UInt8, plain isPlain: Bool, to encoded: inout [UInt8]) {
        encoded += isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Whether the line goes on in the next one.
    private static func decode(_ line: [UInt8], into decoded: inout [UInt8]) -> Bool {
        var end = line.count
        while end > 0, [0x0D, 0x20, 0x09].contains(line[end - 1]) { end -= 1 }
        let isSoft = end > 0 && line[end - 1] == UInt8(ascii: "=")
        if isSoft { end -= 1 }
        var place = 0
        while place < end {
            if line[place] == UInt8(ascii: "="), place + 2 < end, let high = value(line[place + 1]), let low = value(line[place + 2]) {
                decoded.append(high << 4 | low)
                place += 3
            } else {
                decoded.append(line[place])
                place += 1
            }
        }
        return isSoft
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
