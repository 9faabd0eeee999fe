/// Why a touch will never be sent whatever the time.
public enum SuppressReason: Sendable, Hashable {
    case ended(EnrollmentEnd)
    /// The rooftop's script left the touch out.
    case skipped(String)
    /// Every channel is refused, each for a reason of its own.
    case noPermittedChannel([ContactChannel: ChannelPermissions.Refusal])
}

extension SuppressReason: CustomStringConvertible {
    /// "no channel is permitted: sms (the phone number opted out), email (there is no e-mail address), …"
    public var description: String {
        switch self {
        case .ended(let end): return "\(end)"
        case .skipped(let reason): return "the script left it out: \(reason)"
        case .noPermittedChannel(let refusals):
            let parts = ContactChannel.allCases.compactMap { channel in
                refusals[channel].map { "\(channel.rawValue) (\($0))" }
            }
            return "no channel is permitted: " + parts.joined(separator: ", ")
        }
    }
}
