/// Decides on claimed touches and has those written that may go out. It changes nothing, so whoever asks "what would be sent?" asks
/// this as the dispatcher does.
public struct TouchDecider: Sendable {
    private let rooftop: Rooftop
    private let writer: any TouchWriter
    private let link: @Sendable (Touch.ID) -> String

    /// - Parameter link: Gives the path of a touch's booking link, always the same for the same touch.
    public init(rooftop: Rooftop, writer: any TouchWriter, link: @escaping @Sendable (Touch.ID) -> String) {
        self.rooftop = rooftop
        self.writer = writer
        self.link = link
    }

    /// The contact policy says which may go out; those are written, on the channel that policy and script agree on.
    public func decide(_ claims: [ClaimedTouch], at now: Timestamp) async throws -> (intents: [Intent], decisions: [TouchDecision]) {
        var decisions: [TouchDecision] = []
        var sendable: [(claim: ClaimedTouch, notAfter: Timestamp)] = []
        var requests: [DraftRequest] = []
        for claim in claims {
            let permissions = claim.permissions
            switch verdict(on: claim, permissions, at: now) {
            case .send(_, let notAfter):
                sendable.append((claim, notAfter))
                requests.append(
                    DraftRequest(facts: facts(of: claim, at: now), permissions: permissions, seed: UInt64(bitPattern: claim.id.number)))
            case let verdict:
                decisions.append(
                    TouchDecision(touch: claim.id, generation: claim.generation, verdict: verdict, decidedAt: now))
            }
        }
        var intents: [Intent] = []
        let drafts = requests.isEmpty ? [] : try await writer.drafts(of: requests)
        for ((claim, notAfter), draft) in zip(sendable, drafts) {
            switch draft.content {
            case .message(let message): intents.append(intent(claim, message, draft, notAfter: notAfter, at: now))
            case .skipped(let reason):
                decisions.append(
                    TouchDecision(
                        touch: claim.id, generation: claim.generation, verdict: .suppress(.skipped(reason)), decidedAt: now,
                        scriptFailures: draft.failures, hooks: draft.hooks))
            case .noChannel:
                decisions.append(
                    TouchDecision(
                        touch: claim.id, generation: claim.generation,
                        verdict: .suppress(.noPermittedChannel(claim.permissions.refusals)), decidedAt: now, hooks: draft.hooks))
            }
        }
        return (intents, decisions)
    }

    private func verdict(on claim: ClaimedTouch, _ permissions: ChannelPermissions, at now: Timestamp) -> Verdict {
        if claim.items.isEmpty { return .suppress(.ended(claim.ended ?? .done)) }
        return ContactPolicy.decide(due(claim, permissions), at: now)
    }

    /// All that the contact policy looks at.
    public func due(_ claim: ClaimedTouch, _ permissions: ChannelPermissions) -> DueTouch {
        let recipient = RecipientLocation(phone: claim.customer.phone, rooftop: rooftop.hours.place)
        return DueTouch(
            touch: claim.touch, zone: rooftop.zone, latestVisitOn: claim.latestVisitOn, permissions: permissions,
            sentAt: claim.sentAt, window: ContactWindow(rooftop: rooftop.hours, recipient: recipient),
            others: claim.others, ended: claim.ended, isHeld: claim.isHeld)
    }

    /// What scripts are told.
    public func facts(of claim: ClaimedTouch, at now: Timestamp) -> TouchFacts {
        TouchFacts(
            kind: claim.touch.kind, now: now, isLate: claim.touch.isLate, customer: claim.customer, vehicle: claim.vehicle,
            roNumber: claim.roNumber, closedOn: claim.closedOn, mileage: claim.mileage, items: claim.items,
            rooftop: TouchFacts.Rooftop(rooftop), bookingLink: rooftop.bookingLink + "/" + link(claim.id),
            previous: claim.sent.map {
                TouchFacts.Previous(
                    kind: $0.kind, channel: $0.channel, status: $0.state.rawValue, sentOn: rooftop.zone.localDate(at: $0.sentAt))
            })
    }

    private func intent(
        _ claim: ClaimedTouch, _ message: Message, _ draft: Draft, notAfter: Timestamp, at now: Timestamp
    ) -> Intent {
        let address: String? = switch message {
        case .sms, .call: claim.customer.phone
        case .email: claim.customer.email
        }
        return Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: rooftop.id, address: address ?? "",
            message: message, decidedAt: now, notAfter: notAfter,
            bundleSHA256: writer.bundleSHA256, scriptFailures: draft.failures, hooks: draft.hooks, linkToken: link(claim.id),
            dueAt: claim.touch.dueAt)
    }
}
