internal import FollowUp

/// A conversation for other programs. Instants are UTC.
struct InboxJSON: Encodable {
    struct Entry: Encodable {
        let at: String
        let kind: String
        var touch: Int64?
        var channel, text, meaning, by, state: String?
    }

    let schema = "revisit.conversation/1"
    let id: String
    let rooftop, state: String
    let held: Bool
    let customer, phone, email, ro_number, closed_on: String?
    let vehicle: String
    let items: [String]
    let entries: [Entry]

    init(_ conversation: Conversation) {
        id = "\(conversation.id)"
        rooftop = conversation.rooftop
        state = conversation.state.rawValue
        held = conversation.isHeld
        customer = conversation.customer.name
        phone = conversation.customer.phone
        email = conversation.customer.email
        ro_number = conversation.roNumber?.text
        closed_on = conversation.closedOn?.description
        vehicle = conversation.vehicle.name
        items = conversation.items
        entries = conversation.entries.map { entry in
            let at = "\(entry.at)"
            switch entry.words {
            case .touch(let id, let message, let state):
                return Entry(at: at, kind: "touch", touch: id.number, channel: message.channel.rawValue, text: message.words, state: state.rawValue)
            case .reply(let words, let meaning): return Entry(at: at, kind: "reply", text: words, meaning: meaning.rawValue)
            case .booking: return Entry(at: at, kind: "booking")
            case .callRequest: return Entry(at: at, kind: "call_request")
            case .optOut: return Entry(at: at, kind: "opt_out")
            case .answer(let words, let by, let state): return Entry(at: at, kind: "answer", text: words, by: by, state: state.rawValue)
            }
        }
    }
}
