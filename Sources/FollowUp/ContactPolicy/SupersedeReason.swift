/// Why a touch gives way to another one.
public enum SupersedeReason: Sendable, Hashable {
    /// A later touch for the same contact is due as well, and only the latest goes out.
    case laterTouchDue(TouchKind, plannedOn: LocalDate)
}

extension SupersedeReason: CustomStringConvertible {
    /// "the final touch of 2026-04-02 is due as well, and only the latest goes out"
    public var description: String {
        switch self {
        case .laterTouchDue(let kind, let plannedOn):
            "the \(kind.rawValue) touch of \(plannedOn) is due as well, and only the latest goes out"
        }
    }
}
