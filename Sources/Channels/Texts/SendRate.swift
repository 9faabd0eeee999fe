/// Spreads one sender's texts as its carriers take them: a bucket of tokens that fills evenly.
///
/// Everything that sends from a number shares one.
public actor SendRate {
    private let interval: Duration
    private let burst: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let sleep: @Sendable (Duration) async throws -> Void
    /// When the bucket will be full again; each token taken moves it on by an interval.
    private var full: ContinuousClock.Instant

    /// - Parameters:
    ///   - perSecond: Tokens that come back in a second; more than 0.
    ///   - burst: Tokens of a full bucket, at least 1.
    public init(
        perSecond: Double, burst: Int = 1, now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        precondition(perSecond > 0 && burst >= 1, "expected a rate over 0 and a burst of at least 1, got: \(perSecond), \(burst)")
        interval = .seconds(1 / perSecond)
        self.burst = burst
        self.now = now
        self.sleep = sleep
        full = now()
    }

    /// Takes a token and waits until it is there. A wait longer than `longest` takes none.
    ///
    /// - Returns: Nil once the token is there, else how long the wait would have been.
    /// - Throws: `CancellationError`; the token is gone then.
    public func take(waitingAtMost longest: Duration) async throws -> Duration? {
        let instant = now()
        let start = max(full, instant)
        let wait = (instant.duration(to: start) + interval) - interval * burst
        if wait > longest { return wait }
        full = start + interval
        if wait > .zero { try await sleep(wait) }
        return nil
    }
}
