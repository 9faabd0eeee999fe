public import FollowUp

/// Sends texts through Twilio, and finds out whether Twilio has one.
///
/// Twilio's API has no idempotency key, so a text is sent once and every doubt is told: only a failure before the first byte, a 429 and another 4xx are
/// certainly not accepted. What breaks off later, a 5xx, and an answer that can't be read are uncertain.
public struct TwilioGateway: Gateway, AnswerGateway, DeliveryLookup {
    /// Seconds that a text may wait at Twilio. Source: Twilio's errors 21624 and 90007, "integers between 1 and 36,000 seconds".
    public static let validitySeconds: ClosedRange<Int64> = 1...36_000
    /// Pages of one look, of ``pageSize`` texts each. One recipient has a few texts in two days; more than this is no list of theirs.
    public static let pageLimit = 20
    public static let pageSize = 50

    static let answerLimitBytes = 64 * 1024
    static let pageLimitBytes = 2 * 1024 * 1024

    let settings: TwilioSettings
    private let rate: SendRate
    private let clock: any WallClock
    private let token: @Sendable (Touch.ID) -> String
    private let isWithdrawn: @Sendable (Intent) async throws -> Bool
    private let watch: (@Sendable (RequestMoment) -> Void)?
    private let clients: ExchangeClients

    /// - Parameters:
    ///   - rate: The sender's, shared by everything that sends from it.
    ///   - token: What stands in a touch's text and in no other one: 10 base32 characters.
    ///   - isWithdrawn: Asked right before a touch's request, after the sender's turn came: whether someone has answered meanwhile.
    ///   - watch: Told how far each text's request has come; for tests.
    public init(
        settings: TwilioSettings, rate: SendRate, clock: any WallClock, token: @escaping @Sendable (Touch.ID) -> String,
        isWithdrawn: @escaping @Sendable (Intent) async throws -> Bool = { _ in false }, watch: (@Sendable (RequestMoment) -> Void)? = nil
    ) {
        self.settings = settings
        self.rate = rate
        self.clock = clock
        self.token = token
        self.isWithdrawn = isWithdrawn
        self.watch = watch
        clients = ExchangeClients(trustRootsFile: settings.authoritiesFile)
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        guard case .sms(let body) = intent.message else { return .rejected(.other, reason: "\(intent.touch) is no text") }
        let callback = settings.webhooks.statusCallback(touch: intent.touch.number, attempt: intent.generation)
        return await send(body, to: intent.address, statusCallback: callback, notAfter: intent.notAfter) { [isWithdrawn] in
            try await isWithdrawn(intent)
        }
    }

    public func send(_ answer: TeamAnswer, notAfter: Timestamp) async -> SendOutcome {
        guard case .phone(let number) = answer.to else { return .rejected(.other, reason: "\(answer.id) goes to no phone") }
        return await send(answer.text, to: number, statusCallback: nil, notAfter: notAfter)
    }

    private func send(
        _ body: String, to number: String, statusCallback: String?, notAfter: Timestamp, isWithdrawn: () async throws -> Bool = { false }
    ) async -> SendOutcome {
        let now = clock.now
        guard now < notAfter else { return .notAccepted(retryAt: now, reason: "its time was over") }
        do {
            if let wait = try await rate.take(waitingAtMost: .seconds(notAfter - now)) {
                return .notAccepted(retryAt: clock.now + max(1, wait.components.seconds), reason: "its time would be over before the sender's turn")
            }
        } catch {
            return .notAccepted(retryAt: clock.now, reason: "stopped while it waited for the sender's turn")
        }
        do {
            if try await isWithdrawn() { return .notAccepted(retryAt: clock.now, reason: "the customer answered before it went out") }
        } catch {
            return .notAccepted(retryAt: clock.now + settings.backOffSeconds, reason: "the ledger couldn't be read")
        }
        let remainingSeconds = notAfter - clock.now
        guard remainingSeconds > 0 else { return .notAccepted(retryAt: clock.now, reason: "its time was over at the sender's turn") }
        let exchange = await connection.exchange(
            url: settings.apiURL + messagesPath,
            form: TwilioForms.encode(parameters(to: number, body: body, statusCallback: statusCallback, remainingSeconds: remainingSeconds)),
            authorization: (settings.accountSID, settings.authToken), answerLimitBytes: Self.answerLimitBytes,
            permitted: { [clock] in clock.now < notAfter })
        return SentText(exchange).outcome(at: clock.now, backOffSeconds: settings.backOffSeconds)
    }

    /// Asks for one message of the account's list: whether we are let in, and what time it is there.
    public func check() async -> ProviderCheck {
        let exchange = await connection.exchange(
            url: settings.apiURL + messagesPath + "?PageSize=1", form: nil, authorization: (settings.accountSID, settings.authToken),
            answerLimitBytes: Self.pageLimitBytes)
        switch exchange {
        case .notBegun(let reason), .broken(let reason): return ProviderCheck(refusal: reason)
        case .answered(let answer):
            let ahead = answer.date.map { clock.now - $0 }
            switch answer.status {
            case 200: return ProviderCheck(refusal: nil, clockAheadSeconds: ahead)
            case 401, 403: return ProviderCheck(refusal: "the account SID and the auth token don't belong together", clockAheadSeconds: ahead)
            default: return ProviderCheck(refusal: "Twilio answered \(answer.status)", clockAheadSeconds: ahead)
            }
        }
    }

    public func look(for send: UncertainSend) async -> LookupAnswer {
        guard send.channel == .sms else { return .unknown(reason: "Twilio isn't asked about \(send.channel.rawValue)") }
        let token = token(send.touch)
        var path = messagesPath + "?" + TwilioForms.encode(filters(of: send))
        for _ in 0..<Self.pageLimit {
            let exchange = await connection.exchange(
                url: settings.apiURL + path, form: nil, authorization: (settings.accountSID, settings.authToken),
                answerLimitBytes: Self.pageLimitBytes)
            let page: MessagePage
            switch exchange {
            case .notBegun(let reason), .broken(let reason): return .unknown(reason: reason)
            case .answered(let answer):
                guard answer.status == 200 else { return .unknown(reason: "Twilio's list answered \(answer.status)") }
                do {
                    page = try MessagePage(json: answer.body)
                } catch {
                    return .unknown(reason: "a page of Twilio's list can't be read")
                }
            }
            if let message = page.messages.first(where: { $0.isOutbound && $0.body.contains(token) }) {
                return .found(message.status(of: send).report(at: clock.now))
            }
            guard let next = page.nextPath else { return .notFound }
            // It comes from outside and is asked with our credentials: only this account's list may be meant.
            guard next.hasPrefix(messagesPath + "?") else { return .unknown(reason: "the next page of Twilio's list isn't one of its messages") }
            path = next
        }
        return .unknown(reason: "Twilio's list has over \(Self.pageLimit) pages")
    }

    var messagesPath: String { "/2010-04-01/Accounts/\(settings.accountSID)/Messages.json" }

    var connection: FreshConnection {
        FreshConnection(
            connectTimeoutSeconds: settings.connectTimeoutSeconds, answerTimeoutSeconds: settings.answerTimeoutSeconds,
            clients: clients, watch: watch)
    }

    private func parameters(to number: String, body: String, statusCallback: String?, remainingSeconds: Int64) -> [FormParameter] {
        let sender =
            switch settings.sender {
            case .messagingService(let sid): FormParameter("MessagingServiceSid", sid)
            case .number(let number): FormParameter("From", number)
            }
        let validity = min(max(remainingSeconds, Self.validitySeconds.lowerBound), Self.validitySeconds.upperBound)
        return [FormParameter("To", number), sender, FormParameter("Body", body)]
            + (statusCallback.map { [FormParameter("StatusCallback", $0)] } ?? []) + [
                // A text that Twilio still has when its window closes is dropped there. Without this Twilio keeps it for 10 hours.
                FormParameter("ValidityPeriod", "\(validity)"),
                // The body goes out as it was stored, and the token in its link stays findable.
                FormParameter("ShortenUrls", "false"),
            ]
    }

    /// Days are Twilio's, in UTC. An hour is allowed for clocks that differ around midnight.
    private func filters(of send: UncertainSend) -> [FormParameter] {
        let day = (send.intendedAt - 3600).description.prefix { $0 != "T" }
        return [FormParameter("To", send.address)] + (send.mayBeQueued ? [] : [FormParameter("DateSent>", String(day))])
            + [FormParameter("PageSize", "\(Self.pageSize)")]
    }
}
