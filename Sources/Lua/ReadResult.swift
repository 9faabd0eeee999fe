/// How a call ended whose result was read without a `Value` in between.
public enum ReadResult<Read> {
    case returned(Read)
    /// Skipped, quarantined, failed or killed.
    case other(CallResult)
}

extension ReadResult: Sendable where Read: Sendable {}
