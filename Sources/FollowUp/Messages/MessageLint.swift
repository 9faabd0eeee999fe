/// The rules that every message keeps, whoever wrote it. One that breaks a rule does not go out: the default wording does.
public enum MessageLint {
    /// A broken rule, with its number in the docs.
    public enum Finding: String, Sendable, CaseIterable, CustomStringConvertible {
        case namesNoItem = "M1"
        case namesNoVisit = "M2"
        case priceFirst = "M3"
        case noWayToRespond = "M4"
        case genericPhrase = "M5"
        case tooManySegments = "M6"
        case unfilled = "M8"
        case empty = "M9"

        public var description: String {
            switch self {
            case .namesNoItem: "M1: it doesn't name the declined work"
            case .namesNoVisit: "M2: it doesn't name the day of the visit"
            case .priceFirst: "M3: it opens with a price"
            case .noWayToRespond: "M4: it has no link, no phone number and no word of replying"
            case .genericPhrase: "M5: it uses a phrase that could be said to anyone"
            case .tooManySegments: "M6: it takes more than \(MessageLint.segmentsMost) text segments"
            case .unfilled: "M8: it shows a placeholder or nil"
            case .empty: "M9: it is empty"
            }
        }
    }

    /// Every rule, as a message keeps it: "names the work".
    public static let rules: [(finding: Finding, words: String)] = [
        (.namesNoItem, "names the work"), (.namesNoVisit, "names the visit"), (.priceFirst, "no price first"),
        (.noWayToRespond, "a way to respond"), (.genericPhrase, "nothing generic"), (.tooManySegments, "at most \(segmentsMost) segments"),
        (.unfilled, "nothing unfilled"), (.empty, "not empty"),
    ]

    public static let segmentsMost = 3
    /// Ends every e-mail, after the rooftop's name and postal address.
    public static let emailOptOutWords = "Reply STOP, and we stop writing."
    public static let optOutWords = " Reply STOP to opt out."

    private static let genericPhrases = ["deferred maintenance", "valued customer", "we noticed you had", "services are due"]
    private static let fillers: Set = ["front", "rear", "with", "four", "replace", "service", "work", "recommended"]
    private static let unfilled = ["{", "}", "table: 0x", "function: 0x"]

    /// The rules that the message breaks, in order; none for one that may go out.
    public static func findings(in message: Message, for facts: TouchFacts) -> [Finding] {
        let words = message.words
        guard words.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return [.empty] }
        let text = SearchableText(words)
        var findings: [Finding] = []
        if !namesItem(text, facts) { findings.append(.namesNoItem) }
        if !namesVisit(text, facts.visitOn) { findings.append(.namesNoVisit) }
        if opensWithPrice(text) { findings.append(.priceFirst) }
        if !hasWayToRespond(text, facts) { findings.append(.noWayToRespond) }
        if genericPhrases.contains(where: text.contains) { findings.append(.genericPhrase) }
        if case .sms(let text) = message, TextSegments.count(of: text) > segmentsMost { findings.append(.tooManySegments) }
        if unfilled.contains(where: text.contains) || text.containsWord("nil") { findings.append(.unfilled) }
        return findings
    }

    /// The message with what the law asks for where it is missing: the words that let its reader opt out, and in an e-mail the
    /// sender's name and postal address.
    public static func withOptOut(_ message: Message, from rooftop: TouchFacts.Rooftop) -> Message {
        switch message {
        case .sms(let text): return saysStop(text) ? message : .sms(text + optOutWords)
        case .email(let subject, let text):
            let sender = [rooftop.name, rooftop.postalAddress].compactMap { $0 }.joined(separator: ", ")
            let says = rooftop.postalAddress.map(text.contains) ?? true
            let footer = (says ? [] : [sender]) + (saysStop(text) ? [] : [emailOptOutWords])
            guard !footer.isEmpty else { return message }
            // A text that is signed already goes on with the address.
            if text.hasSuffix("\n" + rooftop.name), !says {
                return .email(subject: subject, text: text.dropLast(rooftop.name.count) + footer.joined(separator: "\n"))
            }
            return .email(subject: subject, text: text + "\n\n" + footer.joined(separator: "\n"))
        case .call: return message
        }
    }

    /// The lead item by its name, its description, or a word of either that isn't a filler.
    private static func namesItem(_ text: SearchableText, _ facts: TouchFacts) -> Bool {
        let item = facts.items[0]
        if text.contains(item.category.name) { return true }
        let description = item.item.description.lowercased()
        if text.contains(description) { return true }
        return [item.category.name, description].flatMap { $0.split(whereSeparator: { !$0.isLetter }) }.contains { word in
            word.count >= 4 && !fillers.contains(String(word)) && text.contains(String(word))
        }
    }

    private static func namesVisit(_ text: SearchableText, _ visit: LocalDate) -> Bool {
        let month = visit.monthName.lowercased()
        return text.containsNumber("\(month) \(visit.day)") || text.containsNumber("\(month.prefix(3)) \(visit.day)")
            || text.containsNumber("\(visit.month)/\(visit.day)") || text.contains(visit.description)
    }

    private static func opensWithPrice(_ text: SearchableText) -> Bool {
        let ends = Array(".?!\n".utf8)
        return text.bytes.prefix { !ends.contains($0) }.contains(UInt8(ascii: "$"))
    }

    private static func hasWayToRespond(_ text: SearchableText, _ facts: TouchFacts) -> Bool {
        if text.contains(facts.bookingLink.lowercased()) || text.containsWord("reply") { return true }
        guard let phone = facts.rooftop.phone?.filter(\.isNumber).suffix(10), phone.count == 10 else { return false }
        return text.digits.contains(String(phone))
    }

    /// Carriers' STOP wording is in capitals.
    private static func saysStop(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let stop = Array("STOP".utf8)
            return bytes.indices.dropLast(stop.count - 1).contains { place in
                bytes[place] == stop[0] && bytes[place + 1] == stop[1] && bytes[place + 2] == stop[2] && bytes[place + 3] == stop[3]
            }
        }
    }
}
