/// How far a request has come, for whoever watches it to the byte.
public enum RequestMoment: Sendable {
    case beforeFirstByte
    /// The first bytes are the kernel's.
    case afterFirstByte
    /// All of them are.
    case afterRequest
    /// The answer is whole, and nobody has been told of it yet.
    case afterAnswer
}
