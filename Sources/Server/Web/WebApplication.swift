public import FollowUp
public import Hummingbird
public import Logging
internal import HTTPTypes
internal import HummingbirdCore
internal import NIOCore

/// The web side: a provider's webhooks, mail that is posted, links that customers open, and what a monitor asks.
///
/// | route | does |
/// |---|---|
/// | `POST /hooks/twilio/status`, `/hooks/twilio/inbound` | signed by the provider; a 2xx means stored |
/// | `POST /hooks/mail`, `/hooks/mail/SECRET` | a raw message; a 2xx means stored |
/// | `GET`, `HEAD /…/TOKEN` | shows where a link leads; `POST` presses a button |
/// | `GET`, `HEAD /u/TOKEN` | asks; `POST` is the one-click opt-out of RFC 8058 |
/// | `GET /healthz`, `/readyz`, `/metrics` | the process lives; it can work; its numbers |
///
/// Pages and redirects are made of relative addresses, so nothing trusts a Host header.
public struct WebApplication: Sendable {
    /// Where what is told is kept; one object may be all three.
    public struct Ledgers: Sendable {
        public let inbox: any InboxLedger
        public let links: any LinkLedger
        public let deliveries: any DeliveryLedger

        public init(inbox: any InboxLedger, links: any LinkLedger, deliveries: any DeliveryLedger) {
            self.inbox = inbox
            self.links = links
            self.deliveries = deliveries
        }
    }

    private let ledgers: Ledgers
    private let gate: SendGate
    private let clock: any WallClock
    private let instant: @Sendable () -> ContinuousClock.Instant
    private let texts: (any TextWebhooks)?
    private let mail: (any MailReceiving)?
    private let rooftops: @Sendable () -> RooftopDirectory
    private let settings: WebSettings
    private let metrics: PrometheusRegistry
    private let readiness: @Sendable () async -> Readiness
    private let logger: Logger

    /// - Parameters:
    ///   - gate: The one that this process's dispatchers pass: an opt-out is acknowledged when no send to its address is under way.
    ///   - instant: Measures how long requests take.
    ///   - texts: Nil leaves the provider's webhooks out.
    ///   - mail: Nil, or no ``WebSettings/mailSecret``, leaves the mail hook out.
    ///   - rooftops: Asked at each request, as rooftops may be read anew.
    ///   - readiness: Asked by `/readyz`.
    public init(
        ledgers: Ledgers, gate: SendGate, clock: any WallClock, instant: @escaping @Sendable () -> ContinuousClock.Instant,
        texts: (any TextWebhooks)?, mail: (any MailReceiving)?, rooftops: @escaping @Sendable () -> RooftopDirectory, settings: WebSettings,
        metrics: PrometheusRegistry, readiness: @escaping @Sendable () async -> Readiness, logger: Logger
    ) {
        self.ledgers = ledgers
        self.gate = gate
        self.clock = clock
        self.instant = instant
        self.texts = texts
        self.mail = mail
        self.rooftops = rooftops
        self.settings = settings
        self.metrics = metrics
        self.readiness = readiness
        self.logger = logger
    }

    /// Makes the server, to be run by a service group, which it stops for gracefully: requests under way are answered.
    public func application(address: BindAddress) -> Application<RouterResponder<WebRequestContext>> {
        Application(
            router: router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(settings.idleSeconds))),
            configuration: ApplicationConfiguration(
                address: address, availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionsMost)),
            logger: logger)
    }

    /// Makes the routes alone.
    public func router() -> Router<WebRequestContext> {
        let router = Router(context: WebRequestContext.self)
        router.add(middleware: RequestLog(metrics: metrics, instant: instant))
        router.add(middleware: AnswerGuard())
        addMonitoring(to: router)
        addHooks(to: router)
        addLinks(to: router)
        return router
    }

    private func addMonitoring(to router: Router<WebRequestContext>) {
        router.get("/healthz") { _, _ in Answer.text("ok\n") }
        router.get("/readyz") { _, _ in
            switch await readiness() {
            case .ready: Answer.text("ready\n")
            case .notReady(let reason): Answer.text("not ready: \(reason)\n", status: .serviceUnavailable)
            }
        }
        router.get("/metrics") { request, _ in
            if let secret = settings.metricsSecret, !ConstantTime.equal(Bearer.token(of: request.headers) ?? "", secret) {
                return Answer.text("Forbidden.\n", status: .forbidden)
            }
            return Answer.text(metrics.exposition(), type: PrometheusRegistry.contentType)
        }
    }

    private func addHooks(to router: Router<WebRequestContext>) {
        let failures = LedgerFailures(metrics: metrics)
        if let texts {
            let hooks = TextHooks(
                texts: texts, inbox: ledgers.inbox, deliveries: ledgers.deliveries, gate: gate, clock: clock, rooftops: rooftops,
                bytesMost: settings.textBytesMost, failures: failures)
            router.post("/hooks/twilio/status") { try await hooks.status($0, $1) }
            router.post("/hooks/twilio/inbound") { try await hooks.inbound($0, $1) }
        }
        if let mail, let secret = settings.mailSecret, !secret.isEmpty {
            let hook = MailHook(
                mail: mail, secret: secret,
                desk: MailDesk(
                    inbox: ledgers.inbox, links: ledgers.links, deliveries: ledgers.deliveries, gate: gate, rooftops: rooftops),
                clock: clock, bytesMost: settings.mailBytesMost, failures: failures)
            router.post("/hooks/mail") { try await hook.receive($0, $1) }
            router.post("/hooks/mail/{secret}") { try await hook.receive($0, $1) }
        }
    }

    private func addLinks(to router: Router<WebRequestContext>) {
        let handlers = LinkHandlers(
            links: ledgers.links, inbox: ledgers.inbox, gate: gate, clock: clock, rooftops: rooftops,
            visits: RateLimiter(client: settings.clientRate, overall: settings.overallRate, clientsMost: settings.clientsMost),
            unsubscribes: RateLimiter(client: settings.clientRate, overall: settings.unsubscribeRate, clientsMost: 1),
            trustedProxyHops: settings.trustedProxyHops, bytesMost: settings.formBytesMost, failures: LedgerFailures(metrics: metrics))
        router.get("/u/{token}") { await handlers.confirm($0, $1) }
        router.head("/u/{token}") { await handlers.confirm($0, $1) }
        router.post("/u/{token}") { try await handlers.unsubscribe($0, $1) }
        router.get("/**") { await handlers.show($0, $1) }
        router.head("/**") { await handlers.show($0, $1) }
        router.post("/**") { try await handlers.act($0, $1) }
    }
}
