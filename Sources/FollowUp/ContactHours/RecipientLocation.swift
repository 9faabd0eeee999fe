/// Every place where a recipient may be; contact has to be permitted at all of them at once.
public struct RecipientLocation: Sendable {
    /// Never empty.
    public var candidates: [Place] { parts.candidates }

    /// One for each zone of the candidates, with the rules of that zone's candidates intersected.
    var clauses: [HoursClause] { parts.clauses }

    private let parts: Parts

    /// Gathers what is known of the recipient.
    ///
    /// - Parameters:
    ///   - phone: E.164. Its area code gives candidates. When the code tells nothing (toll-free, unassigned, another
    ///     country), every zone of the 48 states must permit under the federal rule, and the rooftop's own place too.
    ///     Without a phone (e-mail only) the candidates are the postal ones, or else the rooftop's place.
    ///   - postalJurisdiction: the state or province of the customer's address; it adds candidates, as people carry
    ///     numbers about.
    ///   - zone: the customer's zone when the record has it; it stands for the postal state's zones.
    ///   - rooftop: where the rooftop is.
    public init(phone: String?, postalJurisdiction: Jurisdiction? = nil, zone: Zone? = nil, rooftop: Place) {
        let postal = Self.postalPlaces(postalJurisdiction, zone)
        guard let phone else {
            parts = Parts(candidates: postal.isEmpty ? [rooftop] : postal)
            return
        }
        guard let areaCode = AreaCode(phone: phone), let known = Self.byAreaCode[areaCode.number] else {
            let anywhere = AreaCodeTable.continental.map { Place(zone: $0, jurisdiction: nil) }
            parts = Parts(candidates: postal + [rooftop] + anywhere)
            return
        }
        parts = postal.isEmpty ? known : Parts(candidates: postal + known.candidates)
    }

    private static func postalPlaces(_ jurisdiction: Jurisdiction?, _ zone: Zone?) -> [Place] {
        if let zone { return [Place(zone: zone, jurisdiction: jurisdiction)] }
        guard let jurisdiction else { return [] }
        return AreaCodeTable.byJurisdiction[jurisdiction] ?? []
    }

    /// What most recipients share, made once.
    private static let byAreaCode: [Parts?] = AreaCodeTable.byNumber.map { $0.isEmpty ? nil : Parts(candidates: $0) }

    private final class Parts: Sendable {
        let candidates: [Place]
        let clauses: [HoursClause]

        init(candidates: [Place]) {
            var distinct: [Place] = []
            for place in candidates where !distinct.contains(place) { distinct.append(place) }
            self.candidates = distinct
            var zones: [Zone] = []
            for place in distinct where !zones.contains(place.zone) { zones.append(place.zone) }
            clauses = zones.map { zone in
                let places = distinct.filter { $0.zone == zone }
                return HoursClause(zone: zone, hours: places.flatMap { HoursRules.rules(at: $0).map(\.hours) })
            }
        }
    }
}
