public import Logging
internal import Metrics
public import ServiceLifecycle

/// A worker that takes a turn again and again until the process is told to end. A turn under way is finished.
public struct RepeatingWorker: Service {
    /// After a turn that failed the next one waits this long, doubled with each further failure up to the most.
    static let firstPause = Duration.seconds(1)
    static let longestPause = Duration.seconds(60)

    private let name: String
    private let every: Duration
    private let isVital: Bool
    private let health: Health
    private let logger: Logger
    private let turn: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - name: As health and metrics call it: "dispatcher hillside".
    ///   - every: From the end of a turn to the next.
    ///   - isVital: Whether the process can do nothing useful while it fails. A rooftop's worker isn't: its scripts are its own affair.
    ///   - turn: Short enough that the process may wait for it when it ends.
    public init(name: String, every: Duration, isVital: Bool, health: Health, logger: Logger, turn: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.every = every
        self.isVital = isVital
        self.health = health
        self.logger = logger
        self.turn = turn
    }

    public func run() async throws {
        var failures = 0
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            var pause = every
            do {
                try await turn()
                if failures > 0 { logger.info("works again", metadata: ["worker": "\(name)"]) }
                failures = 0
                health.succeeded(name)
            } catch is CancellationError {
                break
            } catch {
                failures += 1
                // The first failure is told, and each that says something else; what repeats is counted.
                if health.failed(name, because: "\(error)", isVital: isVital) { logger.error("\(error)", metadata: ["worker": "\(name)"]) }
                Counter(label: "revisit_worker_failures_total", dimensions: [("worker", name)]).increment()
                pause = min(Self.longestPause, Self.firstPause * (1 << min(failures - 1, 6)))
            }
            await rest(pause)
        }
    }

    private func rest(_ pause: Duration) async {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
        } catch {
            // Told to end: the loop sees it.
        }
    }
}
