/// One e-mail, ready for a server.
public struct ComposedMail: Sendable, Equatable {
    /// `<TOKEN@domain>`.
    public let messageID: String
    /// The envelope's sender, to which bounces go.
    public let envelopeFrom: String
    /// The envelope's recipient.
    public let envelopeTo: String
    /// RFC 5322, ASCII only, lines of at most 998 bytes that end in CRLF.
    public let bytes: [UInt8]
}
