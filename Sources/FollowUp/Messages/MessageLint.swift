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

    public static let segmentsMost = 3
    public static let optOutWords = " Reply STOP to opt out."

    private static let genericPhrases = ["deferred maintenance", "valued customer", "we noticed you had", "services are due"]
    private static let unfilled = ["{", "}", "table: 0x", "function: 0x"]

    /// The rules that the message breaks, in order; none for one that may go out.
    public static func findings(in message: Message, for facts: TouchFacts) -> [Finding] {
        let words = message.words
        guard words.contains(where: { !$0.isWhitespace }) else { return [.empty] }
        let lower = words.lowercased()
        var findings: [Finding] = []
        if !namesItem(lower, facts) { findings.append(.namesNoItem) }
        if !namesVisit(lower, facts.visitOn) { findings.append(.namesNoVisit) }
        if words.prefix(while: { !".?!\n".contains($0) }).contains("$") { findings.append(.priceFirst) }
        if !hasWayToRespond(lower, facts) { findings.append(.noWayToRespond) }
        if genericPhrases.contains(where: lower.contains) { findings.append(.genericPhrase) }
        if case .sms(let text) = message, TextSegments.count(of: text) > segmentsMost { findings.append(.tooManySegments) }
        if unfilled.contains(where: words.contains) || hasWord("nil", in: lower) { findings.append(.unfilled) }
        return findings
    }

    /// The message with the words that let its reader opt out, added where they are missing.
    public static func withOptOut(_ message: Message) -> Message {
        switch message {
        case .sms(let text): text.contains("STOP") ? message : .sms(text + optOutWords)
        case .email, .call: message
        }
    }

    /// The lead item by its name, its description, or a word of either that isn't a filler.
    private static func namesItem(_ text: String, _ facts: TouchFacts) -> Bool {
        let item = facts.items[0]
        let names = [item.category.name, item.item.description.lowercased()]
        if names.contains(where: text.contains) { return true }
        return names.flatMap { $0.split(whereSeparator: { !$0.isLetter }) }.contains { $0.count >= 4 && !["front", "rear", "with", "four", "replace", "service", "work", "recommended"].contains($0) && text.contains($0) }
    }

    private static func namesVisit(_ text: String, _ visit: LocalDate) -> Bool {
        let month = visit.words.split(separator: " ")[1].lowercased()
        return ["\(month) \(visit.day)", "\(month.prefix(3)) \(visit.day)", "\(visit.month)/\(visit.day)", visit.description]
            .contains { form in text.ranges(of: form).contains { $0.upperBound == text.endIndex || !text[$0.upperBound].isNumber } }
    }

    private static func hasWayToRespond(_ text: String, _ facts: TouchFacts) -> Bool {
        if text.contains(facts.bookingLink.lowercased()) || hasWord("reply", in: text) { return true }
        guard let phone = facts.rooftop.phone?.filter(\.isNumber).suffix(10), phone.count == 10 else { return false }
        return text.filter(\.isNumber).contains(phone)
    }

    private static func hasWord(_ word: String, in text: String) -> Bool {
        text.split(whereSeparator: { !$0.isLetter }).contains { $0 == word }
    }
}
