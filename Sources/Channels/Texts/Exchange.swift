internal import FollowUp

/// What came of one HTTP request.
enum Exchange: Sendable {
    /// Not a byte of it was written: the name, the connection or the TLS handshake failed, or it was too late.
    case notBegun(reason: String)
    /// A whole answer came.
    case answered(Answer)
    /// It broke off after the first byte: the server may have it or not.
    case broken(reason: String)

    struct Answer: Sendable {
        let status: Int
        /// Seconds, of a `Retry-After` that gives seconds.
        let retryAfterSeconds: Int64?
        /// The answer's `Date`; nil where it has none that can be read.
        let date: Timestamp?
        let body: [UInt8]
    }
}
