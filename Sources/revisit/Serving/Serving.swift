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
    let clock: any WallClock = SystemClock()
    private let links: BookingLinks
    private let pool: SandboxPool
    private let router: ChannelRouter

    init(_ configuration: ServeConfiguration, logger: Logger) async throws {
        self.configuration = configuration
        self.logger = logger
        ledger = try SQLiteLedger(path: configuration.database)
        var random = SystemRandomNumberGenerator()
        links = BookingLinks(secret: try await ledger.linkSecret(orKeep: BookingLinks.freshSecret(using: &random)))
        var settings = SandboxPool.Settings()
        settings.hotBytes = 16 << 20
        pool = SandboxPool(settings: settings)
        router = Self.router(configuration, ledger, clock, links)
    }

    /// The services, in the order in which they start; they end in the opposite one.
    func services() async throws -> [any Service] {
        var services: [any Service] = []
        for folder in configuration.rooftops { services += try await rooftopServices(folder) }
        let relay = AnswerRelay(ledger: ledger, gateway: router, gate: gate, clock: clock)
        services.append(worker("relay", every: Self.relayEvery) { try await relay.takeTurn() })
        let reconciler = Reconciler(ledger: ledger, lookup: router, clock: clock)
        services.append(worker("reconciler", every: Self.reconcileEvery) { try await reconciler.takeTurn() })
        return services
    }

    /// Planner and dispatcher of a rooftop, and the watch over its folder of exports. Throws when the scripts don't load.
    private func rooftopServices(_ path: String) async throws -> [any Service] {
        let folder = try await RooftopFolder(path)
        try await ledger.register(folder.rooftop)
        let id = folder.rooftop.id
        let rooftop = RooftopWorker(
            rooftop: folder.rooftop,
            load: { [pool] in
                let folder = try await RooftopFolder(path)
                return .init(rooftop: folder.rooftop, writer: try await folder.scripts(in: pool))
            },
            stamp: { try ScriptsStamp.of(path) }, ledger: ledger, gateway: router, gate: gate, clock: clock, link: { [links] in links.token(of: $0) })
        var services: [any Service] = [worker("rooftop \(id)", every: Self.turnEvery) { try await rooftop.takeTurn() }]
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
        RepeatingWorker(name: name, every: every, health: health, logger: logger, turn: turn)
    }

    private static func router(
        _ configuration: ServeConfiguration, _ ledger: SQLiteLedger, _ clock: any WallClock, _ links: BookingLinks
    ) -> ChannelRouter {
        let texts = configuration.texts.map { settings in
            TwilioGateway(
                settings: settings,
                rate: SendRate(
                    perSecond: settings.textsPerSecond, now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) }),
                clock: clock, token: { links.token(of: $0) })
        }
        return ChannelRouter(texts: texts, mail: nil, calls: CallQueueGateway(ledger: ledger, clock: clock))
    }
}
