internal import Channels
internal import Crypto
internal import FollowUp
internal import Foundation
internal import Logging
internal import Lua
internal import SQLiteStorage
internal import Scripting
internal import Server
internal import ServiceLifecycle

/// Everything that `revisit serve` runs, put together from its configuration.
struct Serving {
    /// Seconds between the turns of a rooftop in which nothing is due.
    private static let turnEvery = Duration.seconds(5)
    private static let relayEvery = Duration.seconds(1)
    private static let reconcileEvery = Duration.seconds(15)

    let configuration: ServeConfiguration
    let ledger: SQLiteLedger
    let logger: Logger
    let health = Health()
    let gate = SendGate()
    let clock: any WallClock
    /// Each rooftop with its folder, as it was when the process started.
    let rooftops: [(folder: String, rooftop: Rooftop)]
    let links: BookingLinks
    private let pool: SandboxPool
    private let router: ChannelRouter
    private let rehearsal: Rehearsal
    private let ports: any FollowUpLedger & DeliveryLedger & InboxLedger

    init(_ configuration: ServeConfiguration, environment: [String: String], logger: Logger) async throws {
        self.configuration = configuration
        self.logger = logger
        rehearsal = try Rehearsal(configuration, environment: environment)
        clock = rehearsal.clock
        ledger = try SQLiteLedger(path: configuration.database)
        ports = rehearsal.ports(of: ledger)
        var random = SystemRandomNumberGenerator()
        links = BookingLinks(secret: try await ledger.linkSecret(orKeep: BookingLinks.freshSecret(using: &random)))
        var settings = SandboxPool.Settings()
        settings.hotBytes = 16 << 20
        pool = SandboxPool(settings: settings)
        var rooftops: [(folder: String, rooftop: Rooftop)] = []
        for folder in configuration.rooftops { rooftops.append((folder, try await RooftopFolder(folder).rooftop)) }
        self.rooftops = rooftops
        router = Self.router(
            configuration, ledger, rehearsal, links, names: Dictionary(rooftops.map { ($0.rooftop.id, $0.rooftop.name) }) { first, _ in first })
    }

    /// The services, in the order in which they start; they end in the opposite one.
    func services() async throws -> [any Service] {
        let guarded = RestoreGuard(gateway: router, lookup: router, startedAt: clock.now, clock: clock)
        let gateway = rehearsal.gateway(guarded)
        var services: [any Service] = []
        for (folder, rooftop) in rooftops { services += try await rooftopServices(folder, rooftop, gateway) }
        let relay = AnswerRelay(ledger: ports, gateway: router, gate: gate, clock: clock)
        services.append(worker("relay", every: Self.relayEvery) { try await relay.takeTurn() })
        let reconciler = Reconciler(ledger: ports, lookup: router, clock: clock)
        services.append(worker("reconciler", every: Self.reconcileEvery) { try await reconciler.takeTurn() })
        return services
    }

    /// Planner and dispatcher of a rooftop, and the watch over its folder of exports.
    private func rooftopServices(_ path: String, _ rooftop: Rooftop, _ gateway: any Gateway) async throws -> [any Service] {
        try await ledger.register(rooftop)
        let id = rooftop.id
        let turns = RooftopWorker(
            rooftop: rooftop,
            load: { [pool] in
                let folder = try await RooftopFolder(path)
                return .init(rooftop: folder.rooftop, writer: try await folder.scripts(in: pool))
            },
            stamp: { try ScriptsStamp.of(path) }, ledger: ports, gateway: gateway, gate: gate,
            clock: clock, link: { [links] in links.token(of: $0) })
        var services: [any Service] = [worker("rooftop \(id)", every: Self.turnEvery) { try await turns.takeTurn() }]
        if let imports = configuration.imports {
            let place = imports + "/" + id
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            services.append(worker("imports \(id)", every: .seconds(1)) { [ledger, clock] in
                let watch = FolderWatch(
                    rooftop: path, ledger: ledger, limit: try ErrorLimit([]), isOnce: false, interruption: .bySomeoneElse, clock: clock)
                let dropFolder = try DropFolder(path: place, marker: nil, id: UUID().uuidString.lowercased())
                _ = try await withTaskCancellationOrGracefulShutdownHandler {
                    try await watch.run(dropFolder, settle: SettleRule(seconds: ImportCommand.usualSettle))
                } onCancelOrGracefulShutdown: {
                    Interruption.bySomeoneElse.end()
                }
            })
        }
        return services
    }

    private func worker(_ name: String, every: Duration, _ turn: @escaping @Sendable () async throws -> Void) -> RepeatingWorker {
        RepeatingWorker(name: name, every: rehearsal.turnEvery ?? every, health: health, logger: logger, turn: turn)
    }

    private static func router(
        _ configuration: ServeConfiguration, _ ledger: SQLiteLedger, _ rehearsal: Rehearsal, _ links: BookingLinks,
        names: [String: String]
    ) -> ChannelRouter {
        let clock = rehearsal.clock
        let texts = configuration.texts.map { settings in
            TwilioGateway(
                settings: settings,
                rate: SendRate(
                    perSecond: settings.textsPerSecond, now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) }),
                clock: clock, token: { links.token(of: $0) }, watch: rehearsal.texts)
        }
        return ChannelRouter(
            texts: texts, mail: configuration.mail?.gateway(clock: clock, publicURL: configuration.publicURL, names: names) { links.token(of: $0) },
            calls: CallQueueGateway(ledger: ledger, clock: clock))
    }
}
