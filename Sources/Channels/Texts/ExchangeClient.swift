internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// An HTTP client that serves one exchange at a time and keeps no connection from one to the next.
///
/// It is kept for what costs most to make, more than all else of a text: the authorities that it trusts, in the form in which TLS looks them up.
final class ExchangeClient: Sendable {
    typealias Watched = (gate: ByteGate, watch: (@Sendable (RequestMoment) -> Void)?)

    let http: HTTPClient
    /// Of its authorities.
    let edition: Int
    private let current: Current

    /// Whose connection is made next: the exchange's that the client serves now.
    private final class Current: Sendable {
        let watched = Mutex<Watched?>(nil)
    }

    init(trusting edition: TrustRoots.Edition, connectTimeoutSeconds: Int64) {
        self.edition = edition.number
        // The limit leaves room for a connection that is still being closed.
        var pool = HTTPClient.Configuration.ConnectionPool(idleTimeout: .seconds(1), concurrentHTTP1ConnectionsPerHostSoftLimit: 8)
        pool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.trustRoots = edition.roots
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(connectTimeoutSeconds)), connectionPool: pool)
        configuration.httpVersion = .http1Only
        configuration.maximumUsesPerConnection = 1
        let current = Current()
        configuration.http1_1ConnectionDebugInitializer = { channel in
            // A connection that nobody waits for carries nothing.
            guard let (gate, watch) = current.watched.withLock({ $0 }) else { return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
            return channel.pipeline.addHandler(ByteGateHandler(gate, watch), position: .first)
        }
        self.current = current
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func serve(_ watched: Watched?) {
        current.watched.withLock { $0 = watched }
    }

    func end() {
        // It was used, and what came of that is known: a client that doesn't close cleanly changes nothing about it.
        http.shutdown { _ in }
    }
}

/// Clients between two exchanges.
final class ExchangeClients: Sendable {
    /// So many exchanges are under way at once only in a burst; clients beyond it end.
    private static let idleMost = 128

    private let trustRoots: TrustRoots
    private let idle = Mutex<[ExchangeClient]>([])

    /// - Parameter trustRootsFile: Certificates in PEM to trust; nil for the system's.
    init(trustRootsFile: String?) {
        trustRoots = TrustRoots(file: trustRootsFile)
    }

    func take(connectTimeoutSeconds: Int64) -> ExchangeClient {
        let edition = trustRoots.now
        let (found, outdated) = idle.withLock { idle in
            let outdated = idle.filter { $0.edition != edition.number }
            idle.removeAll { $0.edition != edition.number }
            return (idle.popLast(), outdated)
        }
        for client in outdated { client.end() }
        return found ?? ExchangeClient(trusting: edition, connectTimeoutSeconds: connectTimeoutSeconds)
    }

    /// Only after a whole answer: of a client that broke off, a connection may still be on its way.
    func giveBack(_ client: ExchangeClient) {
        let isKept = idle.withLock { idle in
            guard idle.count < Self.idleMost else { return false }
            idle.append(client)
            return true
        }
        if !isKept { client.end() }
    }

    deinit {
        for client in idle.withLock({ $0 }) { client.end() }
    }
}
