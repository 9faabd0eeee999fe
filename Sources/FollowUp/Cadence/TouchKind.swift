/// Which contact of the cadence a touch is.
public enum TouchKind: String, Sendable, CaseIterable {
    case reminder, condition, final, season

    /// Calendar days after the visit.
    public var day: Int {
        switch self {
        case .reminder: 3
        case .condition: 10
        case .final: 30
        case .season: 60
        }
    }

    /// How many days late the touch still makes sense; after that it expires.
    public var graceDays: Int {
        switch self {
        case .reminder: 2
        case .condition: 4
        case .final, .season: 7
        }
    }
}
