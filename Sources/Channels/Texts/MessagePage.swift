internal import FollowUp
internal import Foundation

/// One page of Twilio's list of messages, as far as a look needs it.
struct MessagePage {
    struct Listed: Decodable {
        let sid: String
        let words: String?
        let direction: String
        let state: String
        let errorCode: Int?
        let from: String?
        let to: String?

        enum CodingKeys: String, CodingKey {
            case sid, direction, from, to
            case words = "body"
            case state = "status"
            case errorCode = "error_code"
        }

        var body: String { words ?? "" }
        var isInbound: Bool { direction == "inbound" }
        var isOutbound: Bool { direction.hasPrefix("outbound") }

        /// A state that isn't known here is at least one of a text that Twilio has.
        func status(of send: UncertainSend) -> TwilioStatus {
            TwilioStatus(
                messageSID: sid, status: TwilioMessageStatus(rawValue: state) ?? .accepted, errorCode: errorCode, touch: send.touch,
                attempt: send.generation)
        }
    }

    private struct Layout: Decodable {
        let messages: [Listed]
        let nextPageURI: String?

        enum CodingKeys: String, CodingKey {
            case messages
            case nextPageURI = "next_page_uri"
        }
    }

    let messages: [Listed]
    /// From the API's root; nil on the last page.
    let nextPath: String?

    init(json: [UInt8]) throws {
        let layout = try JSONDecoder().decode(Layout.self, from: Data(json))
        messages = layout.messages
        nextPath = layout.nextPageURI.flatMap { $0.isEmpty ? nil : $0 }
    }
}
