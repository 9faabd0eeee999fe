/// What whoever runs it decides about the web side: secrets, limits and what stands before it.
///
/// Printing it shows no secret.
public struct WebSettings: Sendable {
    /// What a mail forwarder proves itself with; without one there is no mail hook. Long and random: 32 characters or more.
    public var mailSecret: String?
    /// What a Prometheus server proves itself with (`Authorization: Bearer`); nil lets everyone who reaches the port read the metrics.
    public var metricsSecret: String?
    /// Proxies of one's own before the server, each of which adds the address it was reached from to `X-Forwarded-For`. 0 ignores the header.
    public var trustedProxyHops = 0
    /// Of links, for each client.
    public var clientRate = RequestRate(perMinute: 30, burst: 30)
    /// Of links, for all clients together.
    public var overallRate = RequestRate(perMinute: 1200, burst: 200)
    /// Of one-click opt-outs, which come from few mail providers' addresses and so have no limit for each.
    public var unsubscribeRate = RequestRate(perMinute: 1200, burst: 200)
    /// Clients whose rate is remembered at most; those heard from least lately are forgotten first.
    public var clientsMost = 20_000
    /// Bytes of a text webhook's body.
    public var textBytesMost = 64 * 1024
    /// Bytes of a message posted to the mail hook: as many as mail systems commonly take.
    public var mailBytesMost = 25 * 1024 * 1024
    /// Bytes of the form that a page posts.
    public var formBytesMost = 8 * 1024
    /// Connections at once; further ones wait in the system's queue.
    public var connectionsMost = 1000
    /// A connection that says nothing for so long is closed.
    public var idleSeconds: Int64 = 60

    public init(mailSecret: String? = nil, metricsSecret: String? = nil) {
        self.mailSecret = mailSecret
        self.metricsSecret = metricsSecret
    }
}

extension WebSettings: CustomStringConvertible, CustomReflectable {
    public var description: String { "web settings" }
    public var customMirror: Mirror { Mirror(self, children: ["trustedProxyHops": trustedProxyHops]) }
}
