public import FollowUp

/// Hands each message to the gateway of its channel.
public struct ChannelRouter: Gateway, AnswerGateway, DeliveryLookup {
    private let texts: (any Gateway & AnswerGateway & DeliveryLookup)?
    private let mail: (any Gateway & AnswerGateway)?
    private let calls: CallQueueGateway

    /// - Parameters:
    ///   - texts: Nil when none is set up: texts are halted then, so that nothing is lost.
    ///   - mail: Nil likewise.
    public init(
        texts: (any Gateway & AnswerGateway & DeliveryLookup)?, mail: (any Gateway & AnswerGateway)?, calls: CallQueueGateway
    ) {
        self.texts = texts
        self.mail = mail
        self.calls = calls
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        switch intent.channel {
        case .sms: await texts?.send(intent) ?? Self.missing(.sms)
        case .email: await mail?.send(intent) ?? Self.missing(.email)
        case .call: await calls.send(intent)
        }
    }

    public func send(_ answer: TeamAnswer, notAfter: Timestamp) async -> SendOutcome {
        switch answer.to {
        case .phone: await texts?.send(answer, notAfter: notAfter) ?? Self.missing(.sms)
        case .email: await mail?.send(answer, notAfter: notAfter) ?? Self.missing(.email)
        }
    }

    public func look(for send: UncertainSend) async -> LookupAnswer {
        switch send.channel {
        case .sms: await texts?.look(for: send) ?? .unknown(reason: "no provider of texts is set up")
        // A mail server can't be asked. A bounce may still tell.
        case .email: .unknown(reason: "a mail server can't be asked")
        case .call: await calls.look(for: send)
        }
    }

    private static func missing(_ channel: ContactChannel) -> SendOutcome {
        .halted(reason: "no provider of \(channel.rawValue) is set up in the configuration")
    }
}
