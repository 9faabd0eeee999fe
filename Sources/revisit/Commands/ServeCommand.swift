import ArgumentParser
import Foundation
internal import Logging
internal import Metrics
internal import Server
internal import SQLiteStorage
internal import ServiceLifecycle
internal import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs it all until SIGTERM: takes exports in, sends, hears back, serves links and webhooks.",
        discussion: """
            What it needs is in one YAML file and the environment; docs/reference/configuration.md lists every setting, and revisit doctor \
            checks them. On SIGTERM it finishes what is under way and exits 0.
            """)

    @Option(help: "The configuration.", completion: .file(extensions: ["yaml", "yml"])) var config = "revisit.yaml"

    func run() async throws {
        do {
            let environment = ProcessInfo.processInfo.environment
            let configuration = try await ServeConfiguration(file: config, environment: environment)
            let metrics = PrometheusRegistry()
            MetricsSystem.bootstrap(metrics)
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
            var logger = Logger(label: "revisit")
            logger.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
            let serving = try await Serving(configuration, environment: environment, metrics: metrics, logger: logger)
            let services = try await serving.services()
            logger.info("serving", metadata: ["rooftops": "\(serving.rooftops.count)", "database": "\(configuration.database)"])
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            try await group.run()
            try await Self.close(serving, logger)
            logger.info("ended")
        } catch {
            throw ExitStatus.of(error, rooftop: config)
        }
    }

    /// A read that was given up with its request may take a moment to let go of the ledger. Nothing hangs on it: every change is durable.
    private static func close(_ serving: Serving, _ logger: Logger) async throws {
        for _ in 0..<closings {
            do {
                return try serving.close()
            } catch SQLiteLedgerError.busy {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        logger.warning("the ledger is still being read; its log is folded in at the next start")
    }

    private static let closings = 50
}
