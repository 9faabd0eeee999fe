/// The four touches that a cadence knows.
public enum TouchKind: String, Sendable, CaseIterable, Comparable {
    case reminder, condition, final, season

    /// The local calendar days after the visit: 3, 10, 30, 60.
    public var day: Int {
        switch self {
        case .reminder: 3
        case .condition: 10
        case .final: 30
        case .season: 60
        }
    }

    /// How many days a touch may shift past its planned date before it expires.
    public var graceDays: Int {
        switch self {
        case .reminder: 2
        case .condition: 4
        case .final, .season: 7
        }
    }

    public static func < (left: TouchKind, right: TouchKind) -> Bool { left.day < right.day }
}
