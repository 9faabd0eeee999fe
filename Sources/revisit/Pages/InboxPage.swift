internal import FollowUp

/// A conversation as the Fixed Ops team reads it.
struct InboxPage {
    private let conversation: Conversation
    private let zone: Zone

    init(_ conversation: Conversation, zone: Zone) {
        self.conversation = conversation
        self.zone = zone
    }

    /// "C12  Ana Diaz · 2016 Ford Explorer · RO 1042 · Tue May 5 10:04: “how long?”".
    var line: String {
        let held = conversation.isHeld ? "  ! may mean stop: nothing is sent until you look" : ""
        return "\(conversation.id)  \(head)\n      \(conversation.entries.last.map(said) ?? "")\(held)"
    }

    /// All of it.
    var text: String {
        var lines = ["\(conversation.id)  \(head)  (\(conversation.state.rawValue))"]
        if let closedOn = conversation.closedOn, !conversation.items.isEmpty {
            lines.append("      visit of \(closedOn.words): \(conversation.items.joined(separator: ", "))")
        }
        if conversation.isHeld { lines.append("      ! An answer may mean stop. Nothing is sent until you revisit inbox close \(conversation.id), with --opt-out if it did.") }
        lines.append("")
        lines += conversation.entries.map { "  " + said($0) }
        return lines.joined(separator: "\n")
    }

    private var head: String {
        let customer = conversation.customer
        let reach = [customer.phone, customer.email].compactMap { $0 }.joined(separator: ", ")
        return [customer.name ?? "no name", reach, conversation.vehicle.name, conversation.roNumber.map { "RO \($0)" }, conversation.rooftop]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func said(_ entry: Conversation.Entry) -> String {
        let local = zone.local(at: entry.at)
        let when = "\(local.date) \(local.time)  "
        switch entry.words {
        case .touch(let id, let message, let state): return when + "we, \(id) by \(message.channel.rawValue), \(state.rawValue): \(message.words.replacing("\n", with: " "))"
        case .reply(let words, let meaning): return when + "customer: “\(words)”" + (Self.note(meaning).map { " (\($0))" } ?? "")
        case .booking: return when + "customer booked by the link"
        case .callRequest: return when + "customer asks to be called"
        case .optOut: return when + "customer opted out by the link"
        case .answer(let words, let by, let state): return when + "\(by), \(state.rawValue): \(words)"
        }
    }

    private static func note(_ meaning: ReplyMeaning) -> String? {
        switch meaning {
        case .optOut: "opted out"
        case .optIn: "opted in again"
        case .help: "asked who we are"
        case .ambiguous: "may mean stop"
        case .interest: "wants it done"
        case .reply: nil
        }
    }
}
