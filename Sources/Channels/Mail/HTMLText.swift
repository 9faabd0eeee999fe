/// The words of an HTML message, roughly as a browser shows them, without what quotes an earlier one.
struct HTMLText {
    private static let blocks: Set<Substring> = ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"]
    private static let hidden: Set<Substring> = ["head", "style", "script", "title", "blockquote"]
    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”",
        "ndash": "–", "mdash": "—", "hellip": "…",
    ]

    /// So that a message of nothing but "<" costs no more than its length.
    static let tagCharactersMost = 4_000

    private(set) var text = ""
    /// The hidden element in which the reading is, and how many of its name are open.
    private var skipped: (name: Substring, depth: Int)?

    init(_ html: String) {
        var rest = html[...].unicodeScalars
        // Up to here no tag ends, so none begins.
        var plainUntil = rest.startIndex
        while let first = rest.first {
            if first == "<", rest.startIndex >= plainUntil, Self.beginsTag(rest) {
                if let tag = Self.tag(&rest) {
                    read(tag)
                } else {
                    plainUntil = rest.index(rest.startIndex, offsetBy: Self.tagCharactersMost, limitedBy: rest.endIndex) ?? rest.endIndex
                }
            } else if first == "&", let character = Self.entity(&rest) {
                add(character)
            } else {
                rest.removeFirst()
                add(first.value <= 0x20 ? " " : String(first))
            }
        }
    }

    private mutating func add(_ part: String) {
        guard skipped == nil else { return }
        if part == " ", text.isEmpty || text.last == " " || text.last == "\n" { return }
        text += part
    }

    private mutating func read(_ tag: String) {
        let isEnd = tag.hasPrefix("/")
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
        if let (skippedName, depth) = skipped {
            guard name == skippedName, !tag.hasSuffix("/") else { return }
            skipped = isEnd ? (depth == 1 ? nil : (skippedName, depth - 1)) : (skippedName, depth + 1)
        } else if !isEnd, Self.hidden.contains(name) || Self.isQuote(name, tag) {
            skipped = (name, 1)
            text += "\n"
        } else if Self.blocks.contains(name), !text.hasSuffix("\n\n") {
            text += "\n"
        }
    }

    /// What Gmail, Yahoo and Thunderbird put around an earlier message.
    private static func isQuote(_ name: Substring, _ tag: String) -> Bool {
        name == "div" && ["gmail_quote", "yahoo_quoted", "moz-cite-prefix", "gmail_attr"].contains { tag.contains($0) }
    }

    private static func beginsTag(_ rest: Substring.UnicodeScalarView) -> Bool {
        guard let next = rest.dropFirst().first else { return false }
        return next == "/" || next == "!" || next == "?" || next.properties.isAlphabetic
    }

    /// A tag or comment without its angle brackets, in lower case; nil where it has no end.
    private static func tag(_ rest: inout Substring.UnicodeScalarView) -> String? {
        let after = rest.dropFirst()
        if after.starts(with: "!--".unicodeScalars) {
            var dashes = 0
            var place = after.dropFirst(3)
            while let scalar = place.popFirst() {
                if scalar == ">", dashes >= 2 { break }
                dashes = scalar == "-" ? dashes + 1 : 0
            }
            rest = place
            return "!"
        }
        guard let close = after.prefix(tagCharactersMost).firstIndex(of: ">") else { return nil }
        let tag = String(Substring(after[..<close])).lowercased()
        rest = after[after.index(after: close)...]
        return tag
    }

    private static func entity(_ rest: inout Substring.UnicodeScalarView) -> String? {
        let after = rest.dropFirst()
        let name = after.prefix(10).prefix { $0 != ";" }
        guard name.endIndex < after.endIndex, after[name.endIndex] == ";" else { return nil }
        let text = String(Substring(name))
        let character: String?
        if text.hasPrefix("#") {
            let isHex = text.hasPrefix("#x") || text.hasPrefix("#X")
            let value = isHex ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text.dropFirst())
            character = value.flatMap(Unicode.Scalar.init).map { $0.value <= 0x20 || $0.value == 0xA0 ? " " : String($0) }
        } else {
            character = entities[text]
        }
        guard let character else { return nil }
        rest = after[after.index(after: name.endIndex)...]
        return character
    }
}
