public import ServiceLifecycle

/// Says that no more traffic should come as soon as the process is told to end. As the last service it hears of that first.
public struct DrainNotice: Service {
    private let health: Health

    public init(_ health: Health) {
        self.health = health
    }

    public func run() async throws {
        defer { health.drain() }
        try await gracefulShutdown()
    }
}
