public import FollowUp

/// A message as its reader sees it: a text on a phone, an e-mail in a mail client, talking points on a sheet.
public struct MessagePicture: Sendable {
    private static let mailWidth = 72

    private let message: Message
    private let rooftop: String
    private let to: String
    private let isASCII: Bool

    /// - Parameters:
    ///   - to: "Maria Lopez, +13125550142".
    ///   - isASCII: Draw with letters alone.
    public init(_ message: Message, from rooftop: String, to: String, isASCII: Bool = false) {
        self.message = message
        self.rooftop = rooftop
        self.to = to
        self.isASCII = isASCII
    }

    public var drawing: String {
        switch message {
        case .sms(let text): return PhonePicture(text: text, isASCII: isASCII).drawing
        case .email(let subject, let text):
            return box([("From", rooftop), ("To", to), ("Subject", subject)], text)
        case .call(let points): return box([("Call", to)], points)
        }
    }

    private func box(_ headers: [(name: String, value: String)], _ text: String) -> String {
        let (corners, bar, side) = isASCII ? (["+", "+", "+", "+"], "-", "|") : (["╭", "╮", "╰", "╯"], "─", "│")
        let line = String(repeating: bar, count: Self.mailWidth + 2)
        let top = headers.flatMap { header in
            Wrapping.lines(of: "\(header.name): \(header.value)", width: Self.mailWidth)
        }
        let lines = top + [String(repeating: bar, count: Self.mailWidth)] + Wrapping.lines(of: text, width: Self.mailWidth)
        return ([corners[0] + line + corners[1]] + lines.map { "\(side) \(Wrapping.padded($0, to: Self.mailWidth)) \(side)" }
            + [corners[2] + line + corners[3]]).joined(separator: "\n")
    }
}

/// The rules of messages, each with whether a message keeps it.
public struct LintMarks: Sendable {
    /// "✓ names the work  ✓ names the visit  …".
    public let text: String

    public init(_ message: Message, for facts: TouchFacts) {
        let broken = MessageLint.findings(in: message, for: facts)
        text = MessageLint.rules.filter { rule in
            switch (rule.finding, message) {
            case (.empty, _): false
            case (.tooManySegments, .email), (.tooManySegments, .call): false
            default: true
            }
        }.map { "\(broken.contains($0.finding) ? "✗" : "✓") \($0.words)" }.joined(separator: "  ")
    }
}
