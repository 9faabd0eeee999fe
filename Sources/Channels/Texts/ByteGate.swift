internal import NIOCore
internal import Synchronization

/// Stands between one request and the socket: no byte of it goes out unseen, late, over a second connection, or after the caller gave up.
///
/// An HTTP client's error doesn't say whether anything had been written when it happened. The gate does, exactly: it opens at the first byte
/// that is about to be written, and once shut it never opens.
final class ByteGate: Sendable {
    private enum State {
        case waiting
        /// A byte may have gone out, on this connection.
        case open(ObjectIdentifier)
        case shut
        /// The first byte came when it was no longer permitted.
        case tooLate
    }

    private let state = Mutex(State.waiting)
    private let permitted: @Sendable () -> Bool

    /// - Parameter permitted: Asked once, when the first byte is about to be written.
    init(permitted: @escaping @Sendable () -> Bool) {
        self.permitted = permitted
    }

    func passes(_ connection: ObjectIdentifier) -> Bool {
        state.withLock { state in
            switch state {
            case .open(let first): return first == connection
            case .shut, .tooLate: return false
            case .waiting:
                guard permitted() else {
                    state = .tooLate
                    return false
                }
                state = .open(connection)
                return true
            }
        }
    }

    enum Verdict: Sendable {
        /// Not a byte was written, nor will one be.
        case nothingSent
        /// The same, since the time for it was over.
        case tooLate
        case mayHaveSent
    }

    /// Tells what went out, and lets nothing more begin.
    func shut() -> Verdict {
        state.withLock { state in
            switch state {
            case .open: return .mayHaveSent
            case .tooLate: return .tooLate
            case .waiting, .shut:
                state = .shut
                return .nothingSent
            }
        }
    }
}

/// The gate in one connection's pipeline, next to the socket. It joins after the TLS handshake, so it sees the request's bytes and no others; if one
/// of TLS's own should come late, the request counts as begun, which errs towards "uncertain".
final class ByteGateHandler: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let gate: ByteGate
    private let watch: (@Sendable (RequestMoment) -> Void)?
    private let hasFlushed = Mutex(false)

    init(_ gate: ByteGate, _ watch: (@Sendable (RequestMoment) -> Void)? = nil) {
        self.gate = gate
        self.watch = watch
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard gate.passes(ObjectIdentifier(self)) else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            context.close(promise: nil)
            return
        }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard let watch else { return }
        let isFirst = hasFlushed.withLock { flushed in
            defer { flushed = true }
            return !flushed
        }
        if isFirst { watch(.afterFirstByte) }
    }
}
