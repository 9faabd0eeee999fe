/// Why a touch will never be sent because of time.
public enum ExpireReason: Sendable, Hashable {
    /// The visit arrived after the touch's last day.
    case arrivedTooLate(lastDay: LocalDate)
    /// The touch's last day is over.
    case graceOver(lastDay: LocalDate)
    /// The first instant at which the rules permit it lies after its last day.
    case shiftedPastGrace(lastDay: LocalDate, by: PostponeReason)
    /// The rooftop's hours and the recipient's rules have no common opening.
    case neverOpen
}

extension ExpireReason: CustomStringConvertible {
    /// "its last day was 2026-03-08"
    public var description: String {
        switch self {
        case .arrivedTooLate(let lastDay): "the visit arrived after the touch's last day, \(lastDay)"
        case .graceOver(let lastDay): "its last day was \(lastDay)"
        case .shiftedPastGrace(let lastDay, let reason):
            "it would have gone out after its last day, \(lastDay): \(reason)"
        case .neverOpen: "the rooftop's hours and the recipient's have nothing in common"
        }
    }
}
