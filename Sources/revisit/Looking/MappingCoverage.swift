internal import FollowUp

/// What a mapping makes use of: gathered record by record, told at the end.
struct MappingCoverage {
    /// One column or path of the source.
    struct Source {
        let kind: String?
        let name: String
        fileprivate(set) var present = 0
        fileprivate(set) var filled = 0
        fileprivate(set) var read = 0
        fileprivate var firstValue: String?
        fileprivate(set) var isAlwaysTheSame = true
    }

    /// One field of the canonical repair order.
    struct Canonical {
        let name: String
        fileprivate(set) var filled = 0
        /// Of a consent: how often yes and how often no.
        fileprivate(set) var yes = 0
        fileprivate(set) var no = 0
        let isConsent: Bool

        /// A consent that reads one way on every record is a flag of the other polarity, or no flag at all.
        var readsOneWay: Bool { isConsent && yes + no >= MappingCoverage.recordsToJudge && (yes == 0 || no == 0) }
    }

    /// Fewer records say nothing about a column.
    static let recordsToJudge = 10

    private(set) var records = 0
    private(set) var repairOrders = 0
    private(set) var sources: [Source] = []
    private(set) var canonical: [Canonical] = Self.fields.map { Canonical(name: $0.name, isConsent: $0.consent != nil) }
    private(set) var missedNames: [String] = []
    private var places: [String: Int] = [:]

    mutating func add(_ record: SourceRecord) {
        records += 1
        var seen: Set<Int> = []
        for field in record.fields {
            let key = (record.kind ?? "") + "\u{1F}" + field.name
            let place = places[key] ?? sources.count
            if place == sources.count {
                places[key] = place
                sources.append(Source(kind: record.kind, name: field.name))
            }
            sources[place].note(field, isFirst: seen.insert(place).inserted)
        }
    }

    mutating func add(_ order: RepairOrder) {
        repairOrders += 1
        for (place, field) in Self.fields.enumerated() {
            if field.isFilled(order) { canonical[place].filled += 1 }
            switch field.consent?(order) {
            case true?: canonical[place].yes += 1
            case false?: canonical[place].no += 1
            case nil: break
            }
        }
    }

    mutating func add(missed names: [String]) {
        for name in names where !missedNames.contains(name) { missedNames.append(name) }
    }

    var neverRead: [Source] { sources.filter { $0.read == 0 && $0.filled > 0 } }
    /// Without what has parts of its own: an object that is null now and then is no blank column.
    var alwaysBlank: [Source] { sources.filter { blank in blank.filled == 0 && !sources.contains { $0.isPart(of: blank) } } }
    var readButAlwaysTheSame: [Source] {
        sources.filter { $0.read > 0 && $0.filled >= Self.recordsToJudge && $0.isAlwaysTheSame && $0.filled == $0.present }
    }
    var neverFilled: [Canonical] { canonical.filter { $0.filled == 0 } }
    var oneWayConsents: [Canonical] { canonical.filter(\.readsOneWay) }

    /// Names asked for that were found nowhere: misspelt, or of things that few records have.
    var neverFound: [String] {
        let found = Set(sources.flatMap { $0.name.split { "./[]".contains($0) }.map(String.init) })
        return missedNames.filter { name in !name.split(separator: "/").allSatisfy { found.contains(String($0)) } }
    }

    private struct Field: Sendable {
        let name: String
        let isFilled: @Sendable (RepairOrder) -> Bool
        var consent: (@Sendable (RepairOrder) -> Bool?)?
    }

    private static let fields: [Field] = [
        Field(name: "revision") { $0.revision != nil },
        Field(name: "mileage") { $0.mileage != nil },
        Field(name: "customer.name") { $0.customer.name != nil },
        Field(name: "customer.first_name") { $0.customer.firstName != nil },
        Field(name: "customer.phone") { $0.customer.phone != nil },
        Field(name: "customer.email") { $0.customer.email != nil },
        Field(name: "customer.text_ok", isFilled: { $0.customer.textOK != nil }, consent: { $0.customer.textOK }),
        Field(name: "customer.email_ok", isFilled: { $0.customer.emailOK != nil }, consent: { $0.customer.emailOK }),
        Field(name: "customer.preferred_channel") { $0.customer.preferredChannel != nil },
        Field(name: "customer.customer_number") { $0.customer.customerNumber != nil },
        Field(name: "vehicle.vin") { $0.vehicle.vin != nil },
        Field(name: "vehicle.year") { $0.vehicle.year != nil },
        Field(name: "vehicle.make") { $0.vehicle.make != nil },
        Field(name: "vehicle.model") { $0.vehicle.model != nil },
        Field(name: "declined[]") { !$0.declined.isEmpty },
        Field(name: "declined[].op_code") { $0.declined.contains { $0.opCode != nil } },
        Field(name: "declined[].price_cents") { $0.declined.contains { $0.priceCents != nil } },
        Field(name: "declined[].severity") { $0.declined.contains { $0.severity != nil } },
        Field(name: "declined[].condition") { $0.declined.contains { $0.condition != nil } },
        Field(name: "performed[]") { !($0.performed ?? []).isEmpty },
        Field(name: "done_elsewhere[]") { !($0.doneElsewhere ?? []).isEmpty },
    ]
}

extension MappingCoverage.Source {
    fileprivate func isPart(of other: MappingCoverage.Source) -> Bool {
        name.count > other.name.count && name.hasPrefix(other.name) && "./[".contains(name[name.index(name.startIndex, offsetBy: other.name.count)])
    }

    fileprivate mutating func note(_ field: SourceRecord.Field, isFirst: Bool) {
        if isFirst { present += 1 }
        if field.wasRead { read += 1 }
        guard field.text.utf8.contains(where: { $0 > 0x20 }) else { return }
        if isFirst { filled += 1 }
        if firstValue == nil { firstValue = field.text }
        if firstValue != field.text { isAlwaysTheSame = false }
    }
}
