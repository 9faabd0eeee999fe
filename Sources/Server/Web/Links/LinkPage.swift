internal import FollowUp

/// The pages behind links: readable on a phone, without a script, and nothing is loaded from anywhere.
enum LinkPage {
    static let style = """
        body{font:18px/1.5 system-ui,sans-serif;margin:0 auto;padding:1.2em;max-width:32em;color:#1a1a1a;background:#fff}\
        h1{font-size:1.3em;line-height:1.25;margin:0 0 .8em}li{margin:.2em 0}form{margin:0}\
        button{display:block;width:100%;margin:.7em 0;padding:.8em;font:inherit;font-weight:600;border:2px solid #0b57a4;border-radius:.5em;\
        color:#fff;background:#0b57a4;cursor:pointer}button.call{color:#0b57a4;background:#fff}\
        button.stop{color:#555;background:#fff;border-color:#999;font-weight:400;margin-top:2em}a{color:#0b57a4}
        """
    /// Of ``style`` in Base64, for the Content-Security-Policy.
    static let styleSHA256 = "tj3tSRTUKNG4UG5zxx2UOcFKx+TaBKylRO5P5MLGUms="

    static let notFound = page(
        "Not found", "<h1>This page isn't there</h1><p>The link may have run out. To stop messages, reply STOP to any of them.</p>")

    static let tooMany = page("Too many requests", "<h1>Please try again in a minute</h1>")

    static let notStored = page("Not saved", "<h1>That wasn't saved</h1><p>Please press the button again in a minute.</p>")

    static let notUnderstood = page("Not understood", "<h1>That wasn't understood</h1><p>Please open the link again and press one of its buttons.</p>")

    static func landing(_ link: BookingLink, _ rooftop: RooftopFacts) -> String {
        let items = link.items.map { "<li>\(Markup.escaped($0))</li>" }.joined()
        let about = "your \(Markup.escaped(link.vehicle.name)) on \(Markup.escaped(link.visitOn.words))"
        let settled = link.ended.flatMap(note).map { "<p><strong>\($0)</strong></p>" } ?? ""
        return page(
            link.rooftopName,
            """
            <h1>\(Markup.escaped(link.rooftopName))</h1>\(settled)
            <p>\(items.isEmpty ? "About the visit of \(about)." : "Still open from the visit of \(about):")</p>
            \(items.isEmpty ? "" : "<ul>\(items)</ul>")
            <form method="post">
            <button name="action" value="book">Book a time</button>
            <button class="call" name="action" value="call">Call me</button>
            <button class="stop" name="action" value="stop">Stop these messages</button>
            </form>
            \(phone(rooftop))
            """)
    }

    static func thanks(_ action: LinkAction, _ link: BookingLink, _ rooftop: RooftopFacts) -> String {
        let name = Markup.escaped(link.rooftopName)
        let words =
            switch action {
            case .book: "<h1>Thank you</h1><p>\(name) will contact you to agree on a time.</p>"
            case .call: "<h1>Thank you</h1><p>\(name) will call you.</p>"
            case .stop: "<h1>You are opted out</h1><p>You get no more of these messages from \(name).</p>"
            }
        return page(link.rooftopName, words + phone(rooftop))
    }

    /// What someone sees who opens the address of the one-click opt-out by hand.
    static func confirmation(_ link: BookingLink) -> String {
        page(
            link.rooftopName,
            """
            <h1>\(Markup.escaped(link.rooftopName))</h1><p>Do you want no more of these messages?</p>
            <form method="post"><button name="List-Unsubscribe" value="One-Click">Stop these messages</button></form>
            """)
    }

    /// What a follow-up's end means to the customer; nil where they needn't know.
    private static func note(_ ended: EnrollmentEnd) -> String? {
        switch ended {
        case .booked: "You asked for a time."
        case .replied: "You wrote to us, and we will answer."
        case .done, .doneElsewhere: "This work is done."
        case .optedOut: "You are opted out of these messages."
        case .void, .withdrawn, .complete: nil
        }
    }

    private static func phone(_ rooftop: RooftopFacts) -> String {
        guard let phone = rooftop.phone else { return "" }
        let digits = phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        return "<p>Or call us: <a href=\"tel:\(digits)\">\(Markup.escaped(phone))</a></p>"
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex"><title>\(Markup.escaped(title))</title><style>\(style)</style></head>
        <body>
        \(body)
        </body></html>

        """
    }
}
