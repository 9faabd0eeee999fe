internal import Server
internal import ServiceLifecycle

/// Runs the services of rooftops that come while the process runs. It ends when all of them have.
struct LateRooftops: Service {
    /// Makes the worker that looks for rooftops and hands over their services.
    let finder: @Sendable (_ arrive: @escaping @Sendable (any Service) -> Void) -> RepeatingWorker

    func run() async throws {
        let (arrivals, arrive) = AsyncStream<any Service>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                defer { arrive.finish() }
                try await finder { arrive.yield($0) }.run()
            }
            for await service in arrivals { group.addTask { try await service.run() } }
        }
    }
}
