/// What asking a provider gave, nothing having been sent.
public struct ProviderCheck: Sendable, Equatable {
    /// Why it wouldn't take messages; nil when it would. Without personal data.
    public let refusal: String?
    /// Seconds by which our clock is ahead of the provider's; nil where it doesn't tell.
    public let clockAheadSeconds: Int64?

    public init(refusal: String?, clockAheadSeconds: Int64? = nil) {
        self.refusal = refusal
        self.clockAheadSeconds = clockAheadSeconds
    }
}
