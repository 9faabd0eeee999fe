/// Numbers as COBOL packs them (COMP-3): a digit in each half of a byte, and the sign in the last.
enum PackedNumber {
    /// Returns a number's digits, a minus before them when it is negative; nothing when the bytes were never filled in.
    ///
    /// Where the decimal point belongs is not in the bytes: `-1234` may be 12.34 below zero. Nil when a half byte is no digit
    /// or the last is no sign.
    static func text(of bytes: [UInt8]) -> [UInt8]? {
        guard let last = bytes.last else { return [] }
        if bytes.allSatisfy({ $0 == 0 }) || bytes.allSatisfy({ $0 == 0x40 }) || bytes.allSatisfy({ $0 == 0x20 }) { return [] }
        var digits = bytes.flatMap { [$0 >> 4, $0 & 0x0F] }
        let sign = last & 0x0F
        digits.removeLast()
        guard sign >= 0x0A, digits.allSatisfy({ $0 <= 9 }) else { return nil }
        let leading = digits.prefix { $0 == 0 }.count
        let shown = digits.dropFirst(min(leading, digits.count - 1)).map { UInt8(ascii: "0") + $0 }
        let isNegative = (sign == 0x0D || sign == 0x0B) && leading < digits.count
        return isNegative ? [UInt8(ascii: "-")] + shown : shown
    }
}
