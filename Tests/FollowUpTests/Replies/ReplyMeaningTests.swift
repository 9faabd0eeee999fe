import FollowUp
import Testing

@Suite struct ReplyMeaningTests {
    @Test("clear words of stopping opt out", arguments: [
        "STOP", "stop", " Stop. ", "STOP ALL", "StopAll", "unsubscribe", "Cancel", "END", "quit!", "REVOKE", "opt out", "OPT-OUT", "optout",
        "Remove", "ARRET", "arrêt", "Stop please", "please stop", "Please stop texting me", "do not contact me again",
        "Don't text me", "remove me from your list", "take me off your list", "STOP IT NOW", "Wrong number", "no more texts please",
    ])
    func optOut(words: String) {
        #expect(ReplyMeaning(of: words) == .optOut)
        #expect(ReplyMeaning(of: words, hasOptedOut: true) == .optOut)
    }

    @Test("words that may mean stop hold everything until a person has looked", arguments: [
        "can I stop by Tuesday?", "I'll stop in at the end of the week", "the brakes don't stop it well", "cancel my 3 pm, can I do 4?",
        "should I quit driving it?", "I don't want to opt out of the warranty",
    ])
    func ambiguous(words: String) {
        #expect(ReplyMeaning(of: words) == .ambiguous)
    }

    @Test("yes and talk of a time is interest", arguments: [
        "yes", "YES", "Yes please!", "ok", "👍", "can we book it for Friday", "Schedule me", "I can come in next week", "I'd like an appointment",
    ])
    func interest(words: String) {
        #expect(ReplyMeaning(of: words) == .interest)
    }

    @Test("anything else goes to a person", arguments: ["Can you do Friday?", "", "no end in sight with this car", "how much?", "START", "unstop", "no"])
    func reply(words: String) {
        #expect(ReplyMeaning(of: words) == .reply)
    }

    @Test("START and YES opt in only who had opted out", arguments: ["START", "start", "UNSTOP", "YES", "yes."])
    func optIn(words: String) {
        #expect(ReplyMeaning(of: words, hasOptedOut: true) == .optIn)
        #expect(ReplyMeaning(of: words) != .optIn)
    }

    @Test("HELP and INFO ask who we are", arguments: ["HELP", "help", "info?"])
    func help(words: String) {
        #expect(ReplyMeaning(of: words) == .help)
    }
}
