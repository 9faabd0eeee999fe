/// What the words of a reply mean for follow-up. What isn't clear goes to a person.
public enum ReplyMeaning: String, Sendable, CaseIterable {
    /// Clear words of stopping: nothing more goes to this contact point.
    case optOut = "opt_out"
    /// Someone who had opted out wants messages again.
    case optIn = "opt_in"
    /// Asks who we are.
    case help
    /// It may mean stop or something else ("can I stop by Tuesday?"): nothing goes to the contact point until a person has looked.
    case ambiguous
    /// Wants the work done: follow-up stops, and the Fixed Ops team finds a time.
    case interest
    /// Anything else: follow-up stops, and the Fixed Ops team answers.
    case reply

    /// Whole replies that mean stop; the carriers' list and its usual variants.
    private static let stopWords: Set<String> = [
        "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out", "remove", "arret",
    ]
    private static let startWords: Set<String> = ["start", "unstop"]
    private static let helpWords: Set<String> = ["help", "info", "aide"]
    /// Phrases that mean stop wherever they stand.
    private static let stopPhrases = phrases([
        "stop texting", "stop messaging", "stop emailing", "stop e mailing", "stop calling", "stop contacting", "stop sending",
        "stop these", "stop the messages", "stop the texts", "no more texts", "no more messages", "no more emails", "no more calls",
        "do not text", "don t text", "do not contact", "don t contact", "do not email", "don t email", "do not call",
        "don t call", "dont text", "dont contact", "dont email", "dont call", "unsubscribe me", "remove me", "opt me out",
        "take me off", "leave me alone", "lose my number", "wrong number", "delete my number", "remove my number",
    ])
    /// Words that make a reply doubtful where no phrase makes it clear.
    private static let doubtfulWords: Set<String> = ["stop", "stopall", "unsubscribe", "cancel", "quit", "revoke", "optout", "remove", "arret"]
    private static let yesWords: Set<String> = [
        "yes", "yes please", "yeah", "yep", "sure", "ok", "okay", "sounds good", "book", "book it", "schedule", "oui", "si", "👍",
    ]
    private static let interestPhrases = phrases([
        "book", "schedule", "appointment", "come in", "bring it in", "drop it off", "drop off", "set it up", "set up a time", "get it done",
    ])
    private static let doubtfulPhrases = phrases(["opt out"])
    /// Words around a stop word that leave it what it is.
    private static let fillers: Set<String> = ["please", "pls", "thanks", "thank", "you", "now", "just", "ok", "okay", "me", "texts", "it"]

    /// - Parameter hasOptedOut: Whether nothing goes to the contact point now: only then START and YES opt in.
    public init(of text: String, hasOptedOut: Bool = false) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "👍" }.map { Self.plain($0) }
        let joined = words.joined(separator: " ")
        let bare = words.filter { !Self.fillers.contains($0) }.joined(separator: " ")
        func has(_ phrases: [[String]]) -> Bool { words.indices.contains { start in phrases.contains { words[start...].starts(with: $0) } } }
        if Self.stopWords.contains(joined) || Self.stopWords.contains(bare) || has(Self.stopPhrases) {
            self = .optOut
        } else if Self.helpWords.contains(joined) {
            self = .help
        } else if hasOptedOut, Self.startWords.contains(joined) || joined == "yes" {
            self = .optIn
        } else if !Self.doubtfulWords.isDisjoint(with: words) || has(Self.doubtfulPhrases) {
            self = .ambiguous
        } else {
            self = Self.yesWords.contains(joined) || has(Self.interestPhrases) ? .interest : .reply
        }
    }

    private static func phrases(_ texts: [String]) -> [[String]] {
        texts.map { $0.split(separator: " ").map(String.init) }
    }

    private static func plain(_ word: some StringProtocol) -> String {
        String(word.map { $0 == "ê" ? "e" : $0 })
    }
}
