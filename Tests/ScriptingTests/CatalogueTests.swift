import FollowUp
import Lua
import Scripting
import Testing

/// What the catalogue says of a touch is what scripts read.
@Suite struct CatalogueTests {
    static let zone = try! Zone(identifier: "America/Chicago")
    static let visit = LocalDate("2026-08-11")!

    /// Every field that may be nil has a value.
    static func fullTouch() -> TouchFacts {
        let item = ClassifiedItem(
            item: DeclinedItem(
                opCode: "BRKR", description: "REAR BRAKE PADS", priceCents: 41_250, severity: .red,
                condition: Condition(measure: .brakePadRear, value: 3, unit: .mm)),
            category: ServiceCategory(code: "brakes_rear", name: "rear brake pads", tier: .high, isSafety: true), visitOn: visit)
        return TouchFacts(
            kind: .season, now: zone.timestamp(of: visit + 60, Cadence.usualSendAt), isLate: true,
            customer: Customer(
                name: "Maria Lopez", firstName: "Maria", phone: "+13125550142", email: "m@example.net", textOK: true, emailOK: false,
                preferredChannel: .text),
            vehicle: Vehicle(vin: "1HGCM82633A004352", year: 2016, make: "Ford", model: "Explorer"), roNumber: .init("1042"), closedOn: visit,
            mileage: 48_210, items: [item],
            rooftop: .init(
                name: "Hillside Ford", phone: "+13125550100", zone: zone, bookingLink: "https://book.example.com/h", city: "Joliet",
                postalAddress: "1 Main St, Joliet, IL"),
            bookingLink: "https://book.example.com/h/k3v9q2x7mw",
            previous: [.init(kind: .reminder, channel: .sms, status: "delivered", sentOn: visit + 3)])
    }

    /// Every field that may be nil is.
    static func bareTouch() -> TouchFacts {
        let item = ClassifiedItem(
            item: DeclinedItem(description: "WIPERS"),
            category: ServiceCategory(code: "wipers", name: "wiper blades", tier: .low, isSafety: false), visitOn: visit)
        return TouchFacts(
            kind: .reminder, now: zone.timestamp(of: visit + 3, Cadence.usualSendAt), isLate: false, customer: Customer(), vehicle: Vehicle(),
            roNumber: .init("7"), closedOn: visit, mileage: nil, items: [item],
            rooftop: .init(name: "Hillside Ford", phone: nil, zone: zone, bookingLink: "https://book.example.com/h"),
            bookingLink: "https://book.example.com/h/k3v9q2x7mw", previous: [])
    }

    @Test("every field of a touch is there for scripts, of the type that the catalogue tells")
    func full() throws {
        let touch = try TouchCopy().value(of: Self.fullTouch(), on: .sms, allowed: [.sms, .email])
        try expect(touch, is: "touch", at: "touch", optional: .present)
    }

    @Test("a field that may be nil is nil when nothing is known, and no other is")
    func bare() throws {
        let touch = try TouchCopy().value(of: Self.bareTouch(), on: .sms, allowed: nil)
        try expect(touch, is: "touch", at: "touch", optional: .absent)
    }

    private enum Optionals { case present, absent }

    private func expect(_ value: Value, is shape: String, at path: String, optional: Optionals) throws {
        let shape = try #require(HookCatalogue.inputs.first { $0.name == shape }, "\(path): no shape \(shape)")
        guard case .map(let entries) = value else {
            Issue.record("\(path) is \(value.kind), expected a record")
            return
        }
        #expect(Set(entries.compactMap(\.key.string)).subtracting(shape.fieldNames) == [], "\(path): fields that the catalogue hasn't")
        for field in shape.fields {
            let inner = "\(path).\(field.name)"
            if field.isOptional, optional == .absent {
                #expect(value[field.name] == .null, "\(inner)")
            } else {
                try expect(value[field.name], field.type, at: inner, optional: optional)
            }
        }
    }

    private func expect(_ value: Value, _ type: FieldType, at path: String, optional: Optionals) throws {
        switch type {
        case .text: #expect(value.string != nil, "\(path) is \(value.kind)")
        case .integer: #expect(value.int != nil, "\(path) is \(value.kind)")
        case .number: #expect(value.double != nil, "\(path) is \(value.kind)")
        case .flag: #expect(value.bool != nil, "\(path) is \(value.kind)")
        case .choice(let names): #expect(value.string.map { names.contains($0) } == true, "\(path) is \(value)")
        case .record(let name): try expect(value, is: name, at: path, optional: optional)
        case .list(let element):
            if value == .empty { return }
            let list = try #require(value.list, "\(path) is \(value.kind)")
            for (place, one) in list.enumerated() { try expect(one, element, at: "\(path)[\(place + 1)]", optional: optional) }
        case .either: Issue.record("\(path): no input is either of two")
        }
    }
}
