/// Where someone may be: a time zone, and the state or province when it is known.
public struct Place: Hashable, Sendable {
    public let zone: Zone
    public let jurisdiction: Jurisdiction?

    public init(zone: Zone, jurisdiction: Jurisdiction?) {
        self.zone = zone
        self.jurisdiction = jurisdiction
    }

    /// The country of the jurisdiction; without one, that of the zone, and the United States when neither tells.
    public var country: Jurisdiction.Country {
        if let jurisdiction { return jurisdiction.country }
        return Self.canadianZones.contains(zone.identifier) ? .canada : .unitedStates
    }

    private static let canadianZones = Set(UnitedStatesAndCanadaZones.canada)
}

extension Place: CustomStringConvertible {
    /// "Texas, America/Chicago", or the zone alone.
    public var description: String {
        jurisdiction.map { "\($0.name), \(zone)" } ?? zone.identifier
    }
}
