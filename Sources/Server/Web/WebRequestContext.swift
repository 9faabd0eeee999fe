public import Hummingbird
public import NIOCore

/// One request on its way: what Hummingbird keeps, and who is at the other end of the connection.
public struct WebRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The connection's other end: the client, or the nearest proxy. Nil without a connection, as in a router's test.
    public let peer: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }
}
