/// How many requests are taken: so many at once, and so many more each minute.
public struct RequestRate: Sendable, Equatable {
    public let perMinute: Int64
    public let burst: Int64

    /// Numbers under 1 count as 1.
    public init(perMinute: Int64, burst: Int64) {
        self.perMinute = max(perMinute, 1)
        self.burst = max(burst, 1)
    }
}
