public import FollowUp
internal import MailShim

/// Hands e-mails to an SMTP server: one fresh connection a message, and no repeats.
///
/// The calls block, on threads of the gateway's own. A send that couldn't begin in time, because all threads were busy, is certainly not accepted.
public final class SMTPGateway: Gateway, AnswerGateway {
    public static let threadsUsual = 4
    /// More than may wait for a thread at once is turned away, certainly not sent.
    public static let waitingMost = MailThreads.waitingMost
    static let busyRetrySeconds: Int64 = 60

    private let settings: SMTPSettings
    private let composer: MailComposer
    private let token: @Sendable (Touch.ID) -> String
    private let sender: @Sendable (String) -> MailSender?
    private let clock: any WallClock
    private let threads: MailThreads
    private let watch: (@Sendable (MailMoment) -> Void)?

    /// - Parameters:
    ///   - token: A touch's token: the same in every attempt, and after a restore.
    ///   - sender: Who a rooftop's mail is from, by the rooftop's id; nil where that isn't known, which halts the channel.
    ///   - threads: How many messages are on their way at once.
    ///   - watch: Told how far each message has come, on the thread that sends it. For tests that have the process die there.
    public init(
        settings: SMTPSettings, composer: MailComposer, token: @escaping @Sendable (Touch.ID) -> String,
        sender: @escaping @Sendable (String) -> MailSender?, clock: any WallClock, threads: Int = threadsUsual,
        watch: (@Sendable (MailMoment) -> Void)? = nil
    ) {
        self.settings = settings
        self.composer = composer
        self.token = token
        self.sender = sender
        self.clock = clock
        self.threads = MailThreads(name: "mail", count: threads)
        self.watch = watch
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        let subject: String, text: String
        switch intent.message {
        case .email(let itsSubject, let itsText): (subject, text) = (itsSubject, itsText)
        case .sms, .call: return .rejected(.other, reason: "the mail server takes e-mails only, got: \(intent.channel.rawValue)")
        }
        guard let sender = sender(intent.rooftop) else { return .halted(reason: "rooftop \(intent.rooftop) has no sender of e-mail") }
        return await send(intent.notAfter, generation: intent.generation) { [composer, token] () throws(MailComposerError) in
            try composer.mail(
                token: token(intent.touch), from: sender, to: intent.address, subject: subject, text: text, at: intent.decidedAt)
        }
    }

    public func send(_ answer: TeamAnswer, notAfter: Timestamp) async -> SendOutcome {
        guard case .email(let address) = answer.to else { return .rejected(.other, reason: "\(answer.id) goes to no e-mail address") }
        guard let sender = sender(answer.rooftop) else { return .halted(reason: "rooftop \(answer.rooftop) has no sender of e-mail") }
        guard let touch = answer.touch else {
            return .rejected(.other, reason: "nothing was ever sent to that address from here; answer in your own mail program")
        }
        let token = token(touch), now = clock.now
        return await send(notAfter, generation: 1) { [composer] () throws(MailComposerError) in
            try composer.mail(
                token: token, name: "\(token)a\(answer.id.number)", answering: answer.inReplyTo, from: sender, to: address,
                subject: "Re: your visit to \(sender.name)", text: answer.text, at: now)
        }
    }

    private func send(
        _ notAfter: Timestamp, generation: Touch.Generation, _ compose: () throws(MailComposerError) -> ComposedMail
    ) async -> SendOutcome {
        let mail: ComposedMail
        do {
            mail = try compose()
        } catch {
            return Self.outcome(of: error)
        }
        let outcome = await threads.run { [settings, clock, watch] in
            Self.transact(mail, notAfter: notAfter, generation: generation, settings, clock, watch)
        }
        return outcome ?? .notAccepted(retryAt: clock.now + Self.busyRetrySeconds, reason: "\(Self.waitingMost) e-mails wait already")
    }

    /// Greets the server and logs in, sending nothing.
    public func check() async -> ProviderCheck {
        let result = await threads.run { [settings] in
            Self.run(nil, settings, totalMilliseconds: settings.connectTimeoutSeconds * 2000)
        }
        guard let result else { return ProviderCheck(refusal: "\(Self.waitingMost) e-mails wait already") }
        return ProviderCheck(refusal: SMTPVerdict(result: result, messageID: "", generation: 1, now: clock.now).refusal)
    }

    private static func outcome(of error: MailComposerError) -> SendOutcome {
        switch error {
        case .recipientAddress: .rejected(.addressInvalid, reason: "\(error)")
        case .controlCharacter, .tooLong: .rejected(.other, reason: "\(error)")
        case .senderAddress, .token, .unsubscribeLink: .halted(reason: "\(error)")
        }
    }

    /// The clock counts whole seconds, so the last one before `notAfter` isn't used.
    private static func transact(
        _ mail: ComposedMail, notAfter: Timestamp, generation: Touch.Generation, _ settings: SMTPSettings, _ clock: any WallClock,
        _ watch: (@Sendable (MailMoment) -> Void)?
    ) -> SendOutcome {
        let secondsLeft = notAfter - clock.now - 1
        guard secondsLeft > 0 else { return .notAccepted(retryAt: notAfter, reason: "its time was over before it could begin") }
        let total = min(Int64(settings.totalTimeoutSeconds), secondsLeft) * 1000
        watch?(.beforeFirstByte)
        let result = run(mail, settings, totalMilliseconds: Int(total), watch)
        watch?(.afterAnswer)
        return SMTPVerdict(result: result, messageID: mail.messageID, generation: generation, now: clock.now).outcome
    }

    private static func run(
        _ mail: ComposedMail?, _ settings: SMTPSettings, totalMilliseconds: Int, _ watch: (@Sendable (MailMoment) -> Void)? = nil
    ) -> mail_result {
        let texts = [settings.url, mail?.envelopeFrom, mail?.envelopeTo, settings.login?.user, settings.login?.password, settings.authoritiesFile]
        return withCStrings(texts) { texts in
            (mail?.bytes ?? []).withUnsafeBytes { bytes in
                var order = mail_order()
                order.url = texts[0]
                order.from = texts[1]
                order.to = texts[2]
                order.user = texts[3]
                order.password = texts[4]
                order.ca_file = texts[5]
                order.tls = tls(settings.security)
                order.message = mail == nil ? nil : bytes.bindMemory(to: CChar.self).baseAddress
                order.length = bytes.count
                order.connect_milliseconds = min(settings.connectTimeoutSeconds * 1000, totalMilliseconds)
                order.dot_milliseconds = min(settings.dotTimeoutSeconds * 1000, totalMilliseconds)
                order.total_milliseconds = totalMilliseconds
                guard let watch else { return mail_send(&order) }
                let watcher = Watcher(watch)
                return withExtendedLifetime(watcher) {
                    order.watcher = Unmanaged.passUnretained(watcher).toOpaque()
                    order.before_dot = { Unmanaged<Watcher>.fromOpaque($0!).takeUnretainedValue().watch(.beforeDot) }
                    return mail_send(&order)
                }
            }
        }
    }

    /// What C keeps while a message goes out.
    private final class Watcher {
        let watch: @Sendable (MailMoment) -> Void

        init(_ watch: @escaping @Sendable (MailMoment) -> Void) {
            self.watch = watch
        }
    }

    private static func tls(_ security: SMTPSettings.Security) -> Int32 {
        switch security {
        case .startTLS: Int32(MAIL_TLS_STARTTLS)
        case .tls: Int32(MAIL_TLS_ALWAYS)
        case .none: Int32(MAIL_TLS_NONE)
        }
    }

    /// Pointers that are valid during the call; nil for nil.
    private static func withCStrings<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        func pass(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Result {
            guard index < texts.count else { return body(pointers) }
            guard let text = texts[index] else { return pass(index + 1, pointers + [nil]) }
            return text.withCString { pass(index + 1, pointers + [$0]) }
        }
        return pass(0, [])
    }
}
