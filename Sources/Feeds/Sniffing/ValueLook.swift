/// What one value looks like, by its bytes.
enum ValueLook {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }
    static func digits(_ value: [UInt8]) -> Int { value.reduce(0) { $0 + (isDigit($1) ? 1 : 0) } }
    static func letters(_ value: [UInt8]) -> Int { value.reduce(0) { $0 + (isLetter($1) ? 1 : 0) } }

    static func isWhole(_ value: [UInt8]) -> Bool { !value.isEmpty && value.allSatisfy(isDigit) }

    static func isNumber(_ value: [UInt8]) -> Bool {
        digits(value) > 0 && value.allSatisfy { isDigit($0) || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D || $0 == 0x2B }
    }

    /// An amount as people and systems write it: with two decimals, a currency, parentheses or a minus after it.
    static func isMoney(_ value: [UInt8]) -> Bool {
        let text = String(decoding: value, as: UTF8.self).uppercased()
        if ["N/C", "NO CHARGE", "FREE", "CALL", "CREDIT"].contains(text) { return true }
        var sawDigit = false
        var letters = ""
        var lastMark: Int?
        var digitsAfter = 0
        for (place, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "0"..."9":
                sawDigit = true
                digitsAfter += 1
            case ".", ",":
                lastMark = place
                digitsAfter = 0
            case "$", "(", ")", "-", "+", " ", "\u{A0}", "\u{202F}", "\u{2009}", "€": break
            case "A"..."Z": letters.unicodeScalars.append(scalar)
            default: return false
            }
        }
        guard sawDigit, letters.isEmpty || ["USD", "CAD", "CR", "DR"].contains(letters) else { return false }
        return (lastMark != nil && (1...2).contains(digitsAfter)) || text.contains("$") || !letters.isEmpty
    }

    /// Digits, the last of them with a sign in it: `00004150{`.
    static func isOverpunch(_ value: [UInt8]) -> Bool {
        guard value.count >= 3, let last = value.last, value.dropLast().allSatisfy(isDigit) else { return false }
        return last == UInt8(ascii: "{") || last == UInt8(ascii: "}") || (UInt8(ascii: "A")...UInt8(ascii: "R")).contains(last)
    }

    static func isEmail(_ value: [UInt8]) -> Bool {
        guard let at = value.firstIndex(of: UInt8(ascii: "@")), at > 0, !value.contains(0x20) else { return false }
        return value[at...].contains(UInt8(ascii: "."))
    }

    /// Ten digits in the manner of North America, with or without signs between.
    static func isPhone(_ value: [UInt8]) -> Bool {
        guard value.allSatisfy({ isDigit($0) || " ()-.+/".utf8.contains($0) }) else { return false }
        var digits = value.filter(isDigit)
        if digits.count == 11, digits[0] == UInt8(ascii: "1") { digits.removeFirst() }
        return digits.count == 10 && digits[0] >= UInt8(ascii: "2") && digits[3] >= UInt8(ascii: "2")
    }

    /// One or more numbers with letters or words that say which.
    static func isPhoneList(_ value: [UInt8]) -> Bool {
        let count = digits(value)
        guard count >= 10, letters(value) > 0, letters(value) <= count else { return false }
        return value.split(whereSeparator: { !(isDigit($0) || " ()-.".utf8.contains($0)) }).contains { isPhone(Array($0)) }
    }

    static func isVIN(_ value: [UInt8]) -> Bool {
        value.count == 17 && value.allSatisfy { isDigit($0) || ($0 < 0x80 && isLetter($0)) } && digits(value) >= 4 && letters(value) >= 2
    }

    /// As `vin.repair` does: O and Q are 0, I is 1, and the ninth place has to be what the others make it.
    static func hasRightCheckDigit(_ value: [UInt8]) -> Bool {
        let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
        guard value.count == 17 else { return false }
        var sum = 0
        var check: UInt8 = 0
        for (place, raw) in value.enumerated() {
            var byte = raw >= 0x61 ? raw - 0x20 : raw
            if byte == UInt8(ascii: "O") || byte == UInt8(ascii: "Q") { byte = UInt8(ascii: "0") }
            if byte == UInt8(ascii: "I") { byte = UInt8(ascii: "1") }
            if place == 8 { check = byte }
            let worth: Int
            switch byte {
            case 0x30...0x39: worth = Int(byte) - 0x30
            case UInt8(ascii: "A")...UInt8(ascii: "H"): worth = Int(byte) - 0x40
            case UInt8(ascii: "J")...UInt8(ascii: "R"): worth = Int(byte) - 0x49
            case UInt8(ascii: "S")...UInt8(ascii: "Z"): worth = Int(byte) - 0x51
            default: return false
            }
            sum += worth * weights[place]
        }
        let rest = sum % 11
        return check == (rest == 10 ? UInt8(ascii: "X") : UInt8(0x30 + rest))
    }

    static func isLastFirst(_ value: [UInt8]) -> Bool {
        let parts = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.contains(where: isLetter) }) else { return false }
        return digits(value) == 0 && value.count <= 40
    }

    /// A short word in capitals and digits.
    static func isCode(_ value: [UInt8]) -> Bool {
        value.count <= 12 && value.contains { $0 < 0x80 && isLetter($0) }
            && value.allSatisfy { isDigit($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || "-_/.".utf8.contains($0) }
    }

    static func isYear(_ value: [UInt8]) -> Bool {
        guard isWhole(value), value.count == 4 else { return false }
        return (1950...2035).contains(value.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    static let yes: Set<String> = ["Y", "YES", "T", "TRUE", "1", "-1", "O", "OUI"]
    static let no: Set<String> = ["N", "NO", "F", "FALSE", "0", "NON"]
}
