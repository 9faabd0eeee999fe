/// Reads and writes the fixed-width decimal fields of dates and times, without a locale.
enum DecimalDigits {
    /// Reads ASCII digits only; nil for none, for a sign, for more than nine digits, or anything else.
    static func value(of text: some Collection<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 9 else { return nil }
        var value = 0
        for byte in text {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Writes a number that isn't negative with leading zeros up to `width`.
    static func padded(_ value: Int, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
