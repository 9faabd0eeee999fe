/// How far the handing over of an e-mail has come, for whoever watches it to the byte.
public enum MailMoment: Sendable {
    /// Nobody has been connected to.
    case beforeFirstByte
    /// The server has taken the recipient; the message's last bytes and the final dot are about to leave.
    case beforeDot
    /// The server's last word is there, and nobody has been told of it yet.
    case afterAnswer
}
