/// How a text message is cut for the air: GSM 03.38 in septets, or UTF-16 when one character isn't in it.
public enum TextSegments {
    private static let basic: [Unicode.Scalar: Int] = {
        let single = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
        let double = "^{}\\[~]|€"
        let costs = single.unicodeScalars.map { ($0, 1) } + double.unicodeScalars.map { ($0, 2) }
        return Dictionary(costs) { first, _ in first }
    }()
    /// The septets of each ASCII character; 0 for one that isn't in GSM 03.38.
    private static let asciiCosts: [Int] = (0..<128).map { basic[Unicode.Scalar(UInt8($0))] ?? 0 }

    /// Segments of 160 septets (153 when there are several), or of 70 UTF-16 units (67). A surrogate pair is not split.
    public static func count(of text: String) -> Int {
        var septets: [Int] = []
        septets.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let cost = scalar.isASCII ? asciiCosts[Int(scalar.value)] : basic[scalar] ?? 0
            guard cost > 0 else {
                return segments(text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }, alone: 70, joined: 67)
            }
            septets.append(cost)
        }
        return segments(septets, alone: 160, joined: 153)
    }

    private static func segments(_ units: [Int], alone: Int, joined: Int) -> Int {
        if units.reduce(0, +) <= alone { return units.isEmpty ? 0 : 1 }
        var count = 1
        var used = 0
        for unit in units {
            if used + unit > joined { (count, used) = (count + 1, 0) }
            used += unit
        }
        return count
    }
}
