public import FollowUp
internal import Lua
public import Scripting

/// Looks a rooftop's scripts over before anything is sent: they load, `rooftop.lua` is right, and what they say of a sample
/// of touches keeps every rule.
public struct BundleCheck {
    /// Something that a dealer should mend. The default wording goes out in its place meanwhile.
    public struct Finding: Sendable, Equatable {
        /// "reminder by sms".
        public let touch: String
        public let function: String
        public let reason: String
    }

    private let bundle: ScriptBundle

    public init(bundle: ScriptBundle) {
        self.bundle = bundle
    }

    /// Throws `ScriptError`, `LimitExceeded` or `RooftopReader.Invalid` when the bundle doesn't load; a finding a function
    /// and kind otherwise. Sample touches lie on `visit` and the days after it.
    public func findings(forVisitOn visit: LocalDate) throws -> [Finding] {
        _ = try Machine().makeImage(of: Program(sources: bundle.sources, entries: bundle.present))
        let rooftop = try RooftopReader(bundle: bundle).rooftop()
        let messenger = try Messenger(bundle: bundle, on: Machine())
        var findings: [Finding] = []
        for kind in TouchKind.allCases {
            for facts in Self.samples(kind, rooftop, visit) {
                for channel in ContactChannel.allCases {
                    guard case .message(_, let failure?) = try messenger.write(facts, on: channel, seed: 0) else { continue }
                    let finding = Finding(
                        touch: "\(kind.rawValue) by \(channel.rawValue)", function: failure.function, reason: failure.reason)
                    if !findings.contains(finding) { findings.append(finding) }
                }
            }
        }
        return findings
    }

    /// One customer of whom all is known, and one of whom little is.
    private static func samples(_ kind: TouchKind, _ rooftop: Rooftop, _ visit: LocalDate) -> [TouchFacts] {
        let full = RepairOrder(
            roNumber: .init("1042"), closedOn: visit, mileage: 48_210,
            customer: Customer(name: "Maria Lopez", firstName: "Maria", phone: "+13125550142", textOK: true),
            vehicle: Vehicle(year: 2016, make: "Ford", model: "Explorer"),
            declined: [
                DeclinedItem(
                    opCode: "BRKR", description: "Rear brake pads & rotors", priceCents: 41_250, severity: .red,
                    condition: Condition(measure: .brakePadRear, value: 3, unit: .mm))
            ])
        let bare = RepairOrder(
            roNumber: .init("1043"), closedOn: visit, customer: Customer(name: "Blue Heron Catering Inc"),
            declined: [DeclinedItem(opCode: "CABF", description: "Cabin air filter"), DeclinedItem(opCode: "TBLT", description: "Timing belt")])
        return [full, bare].map { order in
            TouchFacts(
                kind: kind, now: rooftop.zone.timestamp(of: visit + kind.day, rooftop.cadence.sendAt), repairOrder: order,
                items: rooftop.catalogue.items(declinedOn: order),
                rooftop: TouchFacts.Rooftop(rooftop),
                bookingLink: rooftop.bookingLink)
        }
    }
}
