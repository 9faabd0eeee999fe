public import FollowUp

/// A text message as a phone shows it, with what it costs on the air.
public struct PhonePicture: Sendable {
    /// Characters in a line of the bubble.
    static let width = 38

    private let text: String
    private let isASCII: Bool

    /// - Parameter isASCII: Draw with letters alone, where the terminal has no others.
    public init(text: String, isASCII: Bool = false) {
        self.text = text
        self.isASCII = isASCII
    }

    /// The bubble, and the line below it.
    public var drawing: String {
        (bubble + [size]).joined(separator: "\n")
    }

    public var bubble: [String] {
        let (corners, bar, side) = isASCII ? (["+", "+", "+", "+"], "-", "|") : (["╭", "╮", "╰", "╯"], "─", "│")
        let line = String(repeating: bar, count: Self.width + 2)
        return [corners[0] + line + corners[1]]
            + Wrapping.lines(of: text, width: Self.width).map { "\(side) \(Wrapping.padded($0, to: Self.width)) \(side)" }
            + [corners[2] + line + corners[3]]
    }

    /// "GSM-7 · 214 of 306 · 2 segments", and the character that makes it UCS-2.
    public var size: String {
        let size = TextSegments(text)
        let dot = isASCII ? "-" : "·"
        var line = "\(size.encoding.rawValue) \(dot) \(size.units) of \(size.room) \(dot) \(size.count) \(size.count == 1 ? "segment" : "segments")"
        if let odd = size.forcing {
            line += "\nUCS-2 because of \(odd.character) at character \(odd.position): without it \(TextSegments.count(of: odd.textWithout)) instead of \(size.count)"
        }
        return line
    }
}
