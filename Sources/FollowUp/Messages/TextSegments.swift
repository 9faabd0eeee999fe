/// How a text message is cut for the air: GSM 03.38 in septets, or UTF-16 when one character isn't in it.
public struct TextSegments: Sendable, Equatable {
    public enum Encoding: String, Sendable {
        case gsm7 = "GSM-7"
        case ucs2 = "UCS-2"
    }

    /// The first character that isn't in GSM 03.38.
    public struct Forcing: Sendable, Equatable {
        public let character: Character
        /// From 1, in characters of the text.
        public let position: Int
        /// The text with that character left out wherever it stands.
        public let textWithout: String
    }

    public let encoding: Encoding
    /// Septets, or UTF-16 units.
    public let units: Int
    /// Segments of 160 septets (153 when there are several), or of 70 UTF-16 units (67). A surrogate pair is not split.
    public let count: Int
    /// What makes it UCS-2.
    public let forcing: Forcing?

    public init(_ text: String) {
        let septets = Self.septets(of: text)
        let lengths: [Int] = septets ?? text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }
        encoding = septets == nil ? .ucs2 : .gsm7
        units = lengths.reduce(0, +)
        count = septets == nil ? Self.segments(lengths, alone: 70, joined: 67) : Self.segments(lengths, alone: 160, joined: 153)
        forcing = septets == nil ? Self.forcing(text) : nil
    }

    /// How many units fit in as many segments.
    public var room: Int {
        switch encoding {
        case .gsm7: count <= 1 ? 160 : count * 153
        case .ucs2: count <= 1 ? 70 : count * 67
        }
    }

    /// The segments alone, as the rules of messages ask for them.
    public static func count(of text: String) -> Int {
        guard let septets = septets(of: text) else {
            return segments(text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }, alone: 70, joined: 67)
        }
        return segments(septets, alone: 160, joined: 153)
    }

    private static let basic: [Unicode.Scalar: Int] = {
        let single = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
        let double = "^{}\\[~]|€"
        let costs = single.unicodeScalars.map { ($0, 1) } + double.unicodeScalars.map { ($0, 2) }
        return Dictionary(costs) { first, _ in first }
    }()
    /// The septets of each ASCII character; 0 for one that isn't in GSM 03.38.
    private static let asciiCosts: [Int] = (0..<128).map { basic[Unicode.Scalar(UInt8($0))] ?? 0 }

    private static func cost(of scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? asciiCosts[Int(scalar.value)] : basic[scalar] ?? 0
    }

    /// The septets of each character; nil when one isn't in GSM 03.38.
    private static func septets(of text: String) -> [Int]? {
        var septets: [Int] = []
        septets.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let cost = cost(of: scalar)
            guard cost > 0 else { return nil }
            septets.append(cost)
        }
        return septets
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

    private static func forcing(_ text: String) -> Forcing? {
        for (place, character) in text.enumerated() where character.unicodeScalars.contains(where: { cost(of: $0) == 0 }) {
            return Forcing(character: character, position: place + 1, textWithout: String(text.filter { $0 != character }))
        }
        return nil
    }
}
