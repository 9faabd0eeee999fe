/// What the words of a reply mean for follow-up. Whoever doesn't clearly say stop is answered by a person.
public enum ReplyMeaning: String, Sendable, Equatable {
    /// Clear words of stopping: nothing more goes to this contact point.
    case optOut = "opt_out"
    /// Asks who we are.
    case help
    /// Anything else: follow-up stops, and the Fixed Ops team answers.
    case reply

    /// Whole replies that mean stop; the carriers' list and its usual variants.
    private static let stopWords: Set<String> = [
        "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out", "remove", "arret",
    ]
    private static let helpWords: Set<String> = ["help", "info"]
    /// Phrases that mean stop wherever they stand.
    private static let stopPhrases = [
        "stop texting", "stop messaging", "stop emailing", "stop e mailing", "stop calling", "stop contacting", "stop sending",
        "do not text", "don t text", "do not contact", "don t contact", "do not email", "don t email", "do not call",
        "don t call", "dont text", "dont contact", "dont email", "dont call", "unsubscribe me", "remove me", "opt me out",
        "take me off", "leave me alone", "lose my number",
    ]
    /// Words around a stop word that leave it what it is.
    private static let fillers: Set<String> = ["please", "pls", "thanks", "thank", "you", "now", "just", "ok", "okay", "me", "texts", "it"]

    public init(of text: String) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { Self.plain($0) }
        let joined = words.joined(separator: " ")
        let bare = words.filter { !Self.fillers.contains($0) }.joined(separator: " ")
        if Self.stopWords.contains(joined) || Self.stopWords.contains(bare) {
            self = .optOut
        } else if Self.stopPhrases.contains(where: { " \(joined) ".contains(" \($0) ") }) {
            self = .optOut
        } else {
            self = Self.helpWords.contains(joined) ? .help : .reply
        }
    }

    private static func plain(_ word: some StringProtocol) -> String {
        String(word.map { $0 == "ê" ? "e" : $0 })
    }
}
