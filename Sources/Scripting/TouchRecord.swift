internal import FollowUp
internal import Lua

/// The shape of a touch in scripts: record types, field by field, and how facts are written in them.
enum TouchRecord {
    /// In the catalogue's order, which is the order of writing below.
    static let types: [RecordType] = HookCatalogue.inputs.map { RecordType(name: $0.name, fields: $0.fieldNames) }

    /// Writes the touch for one channel and gives it. `allowed` is nil where a script has no say in the channel.
    static func write(
        _ facts: TouchFacts, channel: ContactChannel, allowed: [ContactChannel]?, to encoder: inout ValueEncoder
    ) -> ValueEncoder.Part {
        let local = facts.rooftop.zone.local(at: facts.now)
        let items = facts.items.map { write($0, to: &encoder) }
        let allowed = allowed.map { channels in encoder.list(channels.map { encoder.string($0.rawValue) }) }
        let previous = facts.previous.map { earlier in
            encoder.record(type: 7, [
                encoder.string(earlier.kind.rawValue), encoder.string(earlier.channel.rawValue),
                encoder.string(earlier.status), encoder.string(earlier.sentOn.description),
            ])
        }
        let season = facts.kind == .season ? Season.coming(on: local.date) : nil
        let isFirst = !facts.previous.contains { $0.channel == channel }
        return encoder.record(type: 0, [
            encoder.string(facts.kind.rawValue), encoder.int(facts.kind.day), encoder.string(channel.rawValue),
            allowed ?? .none, encoder.string("\(local.date) \(local.time)"), encoder.bool(facts.isLate),
            encoder.string(facts.visitOn.description), encoder.string(facts.visitOn.words), encoder.string(season?.rawValue),
            encoder.string(facts.customer.firstName), encoder.string(facts.bookingLink), items[0], encoder.list(items),
            customer(facts.customer, to: &encoder), vehicle(facts.vehicle, to: &encoder),
            encoder.record(type: 5, [
                encoder.string(facts.roNumber.text), encoder.string(facts.closedOn.description), encoder.int(facts.mileage),
            ]),
            rooftop(facts.rooftop, to: &encoder), encoder.list(previous), encoder.bool(isFirst),
        ])
    }

    private static func write(_ classified: ClassifiedItem, to encoder: inout ValueEncoder) -> ValueEncoder.Part {
        let item = classified.item
        let condition = item.condition.map { condition in
            let whole = Int(exactly: condition.value)
            return encoder.record(type: 2, [
                encoder.string(condition.measure.rawValue),
                whole == nil ? encoder.double(condition.value) : encoder.int(whole),
                encoder.string(condition.unit.rawValue), encoder.string(condition.words),
            ])
        }
        return encoder.record(type: 1, [
            encoder.string(item.opCode), encoder.string(item.description),
            encoder.string(classified.category.name), encoder.string(classified.category.code),
            encoder.string(classified.tier.rawValue), encoder.bool(classified.category.isSafety),
            encoder.int(item.priceCents), encoder.string(item.severity?.rawValue), condition ?? .none,
            encoder.string(classified.visitOn.description),
        ])
    }

    private static func customer(_ customer: Customer, to encoder: inout ValueEncoder) -> ValueEncoder.Part {
        encoder.record(type: 3, [
            encoder.string(customer.name), encoder.string(customer.firstName), encoder.bool(customer.isBusiness),
            encoder.string(customer.preferredChannel?.rawValue), encoder.bool(customer.textOK), encoder.bool(customer.emailOK),
        ])
    }

    private static func vehicle(_ vehicle: Vehicle, to encoder: inout ValueEncoder) -> ValueEncoder.Part {
        encoder.record(type: 4, [
            encoder.int(vehicle.year), encoder.string(vehicle.make), encoder.string(vehicle.displayModel),
            encoder.string(vehicle.name),
        ])
    }

    private static func rooftop(_ rooftop: TouchFacts.Rooftop, to encoder: inout ValueEncoder) -> ValueEncoder.Part {
        encoder.record(type: 6, [
            encoder.string(rooftop.name), encoder.string(rooftop.phone), encoder.string(rooftop.zone.identifier),
            encoder.string(rooftop.bookingLink), encoder.string(rooftop.city), encoder.string(rooftop.postalAddress),
        ])
    }
}
