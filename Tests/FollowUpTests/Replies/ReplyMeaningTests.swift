import FollowUp
import Testing

@Suite struct ReplyMeaningTests {
    @Test("clear words of stopping opt out", arguments: [
        "STOP", "stop", " Stop. ", "STOP ALL", "StopAll", "unsubscribe", "Cancel", "END", "quit!", "REVOKE", "opt out", "OPT-OUT", "optout",
        "Remove", "ARRET", "arrêt", "Stop please", "please stop", "Please stop texting me", "do not contact me again",
        "Don't text me", "remove me from your list", "take me off your list", "STOP IT NOW",
    ])
    func optOut(words: String) {
        #expect(ReplyMeaning(of: words) == .optOut)
    }

    @Test("words that only look like stopping go to a person", arguments: [
        "can I stop by Tuesday?", "I'll stop in at the end of the week", "the brakes don't stop it well", "yes", "YES", "cancel my 3 pm, can I do 4?",
        "Can you do Friday?", "👍", "", "no end in sight with this car",
    ])
    func reply(words: String) {
        #expect(ReplyMeaning(of: words) == .reply)
    }

    @Test("HELP and INFO ask who we are", arguments: ["HELP", "help", "info?"])
    func help(words: String) {
        #expect(ReplyMeaning(of: words) == .help)
    }
}
