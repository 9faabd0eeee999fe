internal import Channels
internal import Crypto
internal import FollowUp
internal import Foundation
internal import Hummingbird
internal import Logging
internal import Lua
internal import SQLiteStorage
internal import Scripting
internal import Server
internal import ServiceLifecycle

/// Everything that `revisit serve` runs, put together from its configuration.
struct Serving {
    private static let mostOpenings = 10
    /// Between the turns of a rooftop in which nothing is due.
    private static let turnEvery = Duration.seconds(5)
    private static let mailEvery = Duration.seconds(5)
    private static let catchUpEvery = Duration.seconds(300)
    private static let relayEvery = Duration.seconds(1)
    private static let reconcileEvery = Duration.seconds(15)
    private static let newRooftopsEvery = Duration.seconds(15)

    let configuration: ServeConfiguration
    let ledger: SQLiteLedger
    let logger: Logger
    let health = Health()
    let gate = SendGate()
    let clock: any WallClock
    let rooftops = ServedRooftops()
    let links: BookingLinks
    private let metrics: PrometheusRegistry
    private let pool: SandboxPool
    private let journal: HandoverFile
    private let router: ChannelRouter
    private let catchUp: InboundCatchUp?
    private let rehearsal: Rehearsal
    private let ports: any FollowUpLedger & DeliveryLedger & InboxLedger

    init(
        _ configuration: ServeConfiguration, environment: [String: String], metrics: PrometheusRegistry, logger: Logger
    ) async throws {
        self.configuration = configuration
        self.logger = logger
        rehearsal = try Rehearsal(configuration, environment: environment)
        clock = rehearsal.clock
        ledger = try await Self.opened { try SQLiteLedger(path: configuration.database) }
        journal = try await Self.opened { try HandoverFile(besideLedger: configuration.database) }
        try await journal.prune(at: clock.now)
        ports = rehearsal.ports(of: ledger)
        var random = SystemRandomNumberGenerator()
        links = BookingLinks(secret: try await ledger.linkSecret(orKeep: BookingLinks.freshSecret(using: &random)))
        var settings = SandboxPool.Settings()
        settings.hotBytes = 16 << 20
        pool = SandboxPool(settings: settings)
        self.metrics = metrics
        let refusals = await rooftops.takeAll(configuration.rooftops)
        guard rooftops.count > 0 else { throw ServeConfiguration.Faulty(file: configuration.file, faults: refusals) }
        let texts = configuration.texts.map { [rehearsal, links, ports] in Self.texts($0, rehearsal, links, ports) }
        router = ChannelRouter(
            texts: texts,
            mail: configuration.mail?.gateway(
                clock: clock, publicURL: configuration.publicURL, name: { [rooftops] in rooftops.name(of: $0) },
                token: { [links] in links.token(of: $0) }, watch: rehearsal.mail),
            calls: CallQueueGateway(ledger: ledger, clock: clock))
        catchUp = texts.map { [ports, gate, clock, rooftops] texts in
            InboundCatchUp(
                list: { since in try await texts.received(since: since).map(ReceivedText.init) }, ledger: ports, gate: gate, clock: clock,
                rooftops: { rooftops.directory })
        }
    }

    /// The services, in the order in which they start; they end in the opposite one.
    func services() async throws -> [any Service] {
        let guarded = HandoverGuard(gateway: router, lookup: router, journal: journal, startedAt: clock.now, clock: clock)
        let gateway = rehearsal.gateway(guarded)
        var services: [any Service] = []
        for (folder, rooftop) in rooftops.all { services += try await rooftopServices(folder, rooftop, gateway) }
        services.append(lateRooftops(gateway))
        if configuration.imports != nil { services.append(ImportsEnd()) }
        if let mail = configuration.mail, let maildir = mail.maildir { services.append(mailWorker(Maildir(path: maildir), MailboxReader(mail.addresses))) }
        services.append(web())
        if let catchUp { services.append(worker("inbound texts", every: Self.catchUpEvery) { try await catchUp.takeTurn() }) }
        let relay = AnswerRelay(ledger: ports, gateway: router, gate: gate, clock: clock)
        services.append(worker("relay", every: Self.relayEvery, isVital: true) { try await relay.takeTurn() })
        let reconciler = Reconciler(ledger: ports, lookup: guarded, clock: clock)
        services.append(worker("reconciler", every: Self.reconcileEvery, isVital: true) { try await reconciler.takeTurn() })
        services.append(DrainNotice(health))
        return services
    }

    /// Planner and dispatcher of a rooftop, and the watch over its folder of exports.
    private func rooftopServices(_ path: String, _ rooftop: Rooftop, _ gateway: any Gateway) async throws -> [any Service] {
        try await ledger.register(rooftop)
        let id = rooftop.id
        let turns = RooftopWorker(
            rooftop: rooftop,
            load: { [pool, rooftops] in
                let folder = try await RooftopFolder(path)
                try rooftops.take(folder.rooftop, from: path)
                return .init(rooftop: folder.rooftop, writer: try await folder.scripts(in: pool))
            },
            stamp: { try ScriptsStamp.of(path) }, ledger: ports, gateway: gateway, gate: gate, clock: clock, link: { [links] in links.token(of: $0) })
        var services: [any Service] = [worker("rooftop \(id)", every: Self.turnEvery) { [catchUp] in
            // After a long stop what customers answered meanwhile comes first.
            guard try await catchUp?.maySend() ?? true else { return }
            try await turns.takeTurn()
        }]
        if let imports = configuration.imports {
            let place = imports + "/" + id
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            services.append(worker("imports \(id)", every: .seconds(1)) { [ledger, clock] in
                try await Self.takeExports(of: path, droppedInto: place, ledger, clock)
            })
        }
        return services
    }

    /// Serves a folder that comes, or is mended, while the process runs.
    private func lateRooftops(_ gateway: any Gateway) -> LateRooftops {
        LateRooftops { arrive in
            worker("rooftops", every: Self.newRooftopsEvery) {
                let served = Set(rooftops.all.map(\.folder))
                let folders = try ServeConfiguration.rooftopFolders(below: configuration.rooftopsFolder).filter { !served.contains($0) }
                let refusals = await rooftops.takeAll(folders)
                for (folder, rooftop) in rooftops.all where folders.contains(folder) {
                    do {
                        for service in try await rooftopServices(folder, rooftop, gateway) { arrive(service) }
                    } catch {
                        rooftops.drop(folder)
                        throw error
                    }
                    logger.info("serves a rooftop that has come", metadata: ["rooftop": "\(rooftop.id)"])
                }
                guard refusals.isEmpty else { throw Unserved(reasons: refusals) }
            }
        }
    }

    /// Rooftops' folders that can't be served as they are.
    private struct Unserved: Error, CustomStringConvertible {
        let reasons: [String]

        var description: String { reasons.map { "not served: " + $0 }.joined(separator: "\n") }
    }

    /// Returns when `ImportsEnd` has ended.
    private static func takeExports(of path: String, droppedInto place: String, _ ledger: SQLiteLedger, _ clock: any WallClock) async throws {
        let watch = FolderWatch(
            rooftop: path, ledger: ledger, limit: ErrorLimit([]), isOnce: false, interruption: .bySomeoneElse, clock: clock)
        let dropFolder = try DropFolder(path: place, marker: nil, id: UUID().uuidString.lowercased())
        _ = try await watch.run(dropFolder, settle: SettleRule(seconds: ImportCommand.usualSettle))
    }

    /// Tells all watched folders that the process ends. It ends before they do, as it starts after them.
    private struct ImportsEnd: Service {
        func run() async throws {
            defer { Interruption.bySomeoneElse.end() }
            try await gracefulShutdown()
        }
    }

    /// Takes replies and bounces out of a maildir. A message stays there until it is stored.
    private func mailWorker(_ maildir: Maildir, _ reader: MailboxReader) -> RepeatingWorker {
        let desk = MailDesk(inbox: ports, links: ledger, deliveries: ports, gate: gate, rooftops: { [rooftops] in rooftops.directory })
        return worker("mail", every: Self.mailEvery) { [clock, logger] in
            let turn = try await maildir.takeEach { _, bytes in
                switch reader.read(bytes, at: clock.now) {
                case .reply(let reply): try await desk.take(reply, at: clock.now)
                case .report(let report): try await desk.take(report)
                case .complaint(let token, let providerID): try await desk.takeComplaint(token: token, providerID: providerID, at: clock.now)
                case .automatic: break
                // It can't be read today nor tomorrow: it is kept among the read ones, and told.
                case .refused(let reason): logger.warning("a message can't be read", metadata: ["reason": "\(reason)"])
                }
            }
            guard let left = turn.left.first else { return }
            throw MailLeft(count: turn.left.count, first: left)
        }
    }

    /// Messages that stay in the maildir.
    private struct MailLeft: Error, CustomStringConvertible {
        let count: Int
        let first: MaildirTurn.Left

        var description: String { "\(Columns.count(count, "message")) can't be taken out of the maildir; \(first.name): \(first.reason)" }
    }

    private func web() -> any Service {
        var settings = WebSettings(mailSecret: configuration.mail?.hookSecret, metricsSecret: configuration.web.metricsSecret)
        settings.trustedProxyHops = configuration.web.trustedProxies
        return WebApplication(
            ledgers: .init(inbox: ports, links: ledger, deliveries: ports), gate: gate, clock: clock, instant: { ContinuousClock.now },
            texts: configuration.texts.map(TwilioHooks.init), mail: configuration.mail.map { MailboxReader($0.addresses) },
            rooftops: { [rooftops] in rooftops.directory }, settings: settings, metrics: metrics,
            readiness: { [health] in health.unreadiness.map { .notReady(reason: $0) } ?? .ready }, logger: logger
        ).application(address: .hostname(configuration.web.host, port: configuration.web.port))
    }

    private func worker(_ name: String, every: Duration, isVital: Bool = false, _ turn: @escaping @Sendable () async throws -> Void) -> RepeatingWorker {
        RepeatingWorker(name: name, every: rehearsal.every(every), isVital: isVital, health: health, logger: logger, turn: turn)
    }

    /// After a crash another process may hold a file for a moment, to mend it or to read it.
    private static func opened<File>(_ open: () throws -> File) async throws -> File {
        for _ in 1..<mostOpenings {
            do {
                return try open()
            } catch SQLiteLedgerError.busy {
                try await Task.sleep(for: .seconds(1))
            }
        }
        return try open()
    }

    /// Closes what it opened: every change is durable, and each file lies whole for a copy of it.
    func close() throws {
        try ledger.close()
        try journal.close()
    }

    private static func texts(_ settings: TwilioSettings, _ rehearsal: Rehearsal, _ links: BookingLinks, _ ledger: any FollowUpLedger) -> TwilioGateway {
        TwilioGateway(
            settings: settings,
            rate: SendRate(perSecond: settings.textsPerSecond, now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) }),
            clock: rehearsal.clock, token: { links.token(of: $0) },
            isWithdrawn: { try await !ledger.withdrawn(among: [$0]).isEmpty }, watch: rehearsal.texts)
    }
}
