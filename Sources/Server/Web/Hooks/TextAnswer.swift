internal import FollowUp

/// What a customer's text is answered with at once, as TwiML: Twilio sends the answer's `<Message>` by itself.
///
/// Source: https://www.twilio.com/docs/messaging/twiml.
enum TextAnswer {
    static let contentType = "text/xml; charset=utf-8"

    static func twiML(_ answer: InboundReceipt.AutomaticAnswer?, from rooftop: RooftopFacts) -> String {
        let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response"
        guard let answer else { return start + "/>\n" }
        return start + "><Message>\(Markup.escaped(words(answer, rooftop)))</Message></Response>\n"
    }

    private static func words(_ answer: InboundReceipt.AutomaticAnswer, _ rooftop: RooftopFacts) -> String {
        switch answer {
        case .optedOut: "\(rooftop.name): you are opted out and get no more messages from us. Reply START to get them again."
        case .optedIn: "\(rooftop.name): you get messages about your service visits again. Reply HELP for help, STOP to opt out."
        case .help:
            "\(rooftop.name): messages about your service visits."
                + (rooftop.phone.map { " Call us: \($0)." } ?? "") + " Reply STOP, UNSUBSCRIBE, CANCEL, END or QUIT to opt out."
        }
    }
}
