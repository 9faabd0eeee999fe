public import FollowUp
internal import Foundation

/// A touch read back from what was recorded of it: the same facts for scripts and rules of messages, and the same channels.
///
/// What scripts don't see (addresses, VIN, words of the catalogue) isn't recorded and isn't there.
public struct RecordedTouch: Sendable {
    /// A record that isn't one of a touch, as of a newer Revisit.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    public var facts: TouchFacts
    /// Best first.
    public var allowed: [ContactChannel]

    public init(facts: TouchFacts, allowed: [ContactChannel]) {
        self.facts = facts
        self.allowed = allowed
    }

    public init(json: String) throws {
        let record: Record
        do {
            record = try JSONDecoder().decode(Record.self, from: Data(json.utf8))
        } catch {
            throw Unreadable(description: "the recorded touch can't be read: \(Self.words(of: error))")
        }
        facts = try record.facts()
        allowed = try record.allowed.map { try Self.named($0, "allowed") }
    }

    public var permissions: ChannelPermissions { ChannelPermissions(allowed: allowed) }

    /// The record's fields as far as facts are made of them; the others follow from these.
    private struct Record: Decodable {
        struct Condition: Decodable { let measure: String, value: Double, unit: String }
        struct Item: Decodable {
            let op_code: String?, description: String, name: String, category: String, tier: String, safety: Bool
            let price_cents: Int?, severity: String?, condition: Condition?, visit_on: String
        }
        struct Customer: Decodable {
            let name: String?, first_name: String?, preferred_channel: String?, text_ok: Bool?, email_ok: Bool?
        }
        struct Vehicle: Decodable { let year: Int?, make: String?, model: String? }
        struct RepairOrder: Decodable { let ro_number: String, closed_on: String, mileage: Int? }
        struct Rooftop: Decodable {
            let name: String, phone: String?, zone: String, booking_link: String, city: String?, postal_address: String?
        }
        struct Previous: Decodable { let kind: String, channel: String, status: String, sent_on: String }

        let kind: String, allowed: [String], now: String, late: Bool, booking_link: String, items: [Item], customer: Customer
        let vehicle: Vehicle, repair_order: RepairOrder, rooftop: Rooftop, previous: [Previous]

        func facts() throws -> TouchFacts {
            guard !items.isEmpty else { throw Unreadable(description: "the recorded touch can't be read: it has no item") }
            let zone = try RecordedTouch.zone(rooftop.zone)
            let parts = now.split(separator: " ")
            guard parts.count == 2, let date = LocalDate(String(parts[0])), let time = LocalTime(String(parts[1])) else {
                throw RecordedTouch.unreadable(now, "now")
            }
            return TouchFacts(
                kind: try RecordedTouch.named(kind, "kind"), now: zone.timestamp(of: date, time), isLate: late,
                customer: FollowUp.Customer(
                    name: customer.name, firstName: customer.first_name, textOK: customer.text_ok, emailOK: customer.email_ok,
                    preferredChannel: try customer.preferred_channel.map { try RecordedTouch.named($0, "customer.preferred_channel") }),
                vehicle: FollowUp.Vehicle(year: vehicle.year, make: vehicle.make, model: vehicle.model),
                roNumber: FollowUp.RepairOrder.Number(repair_order.ro_number),
                closedOn: try RecordedTouch.day(repair_order.closed_on, "repair_order.closed_on"), mileage: repair_order.mileage,
                items: try items.map(item),
                rooftop: TouchFacts.Rooftop(
                    name: rooftop.name, phone: rooftop.phone, zone: zone, bookingLink: rooftop.booking_link, city: rooftop.city,
                    postalAddress: rooftop.postal_address),
                bookingLink: booking_link,
                previous: try previous.map {
                    TouchFacts.Previous(
                        kind: try RecordedTouch.named($0.kind, "previous.kind"), channel: try RecordedTouch.named($0.channel, "previous.channel"),
                        status: $0.status, sentOn: try RecordedTouch.day($0.sent_on, "previous.sent_on"))
                })
        }

        private func item(_ item: Item) throws -> ClassifiedItem {
            let condition = try item.condition.map {
                FollowUp.Condition(
                    measure: try RecordedTouch.named($0.measure, "condition.measure"), value: $0.value, unit: try RecordedTouch.named($0.unit, "condition.unit"))
            }
            return ClassifiedItem(
                item: DeclinedItem(
                    opCode: item.op_code, description: item.description, priceCents: item.price_cents,
                    severity: try item.severity.map { try RecordedTouch.named($0, "item.severity") }, condition: condition),
                category: ServiceCategory(
                    code: item.category, name: item.name, tier: try RecordedTouch.named(item.tier, "item.tier"), isSafety: item.safety),
                visitOn: try RecordedTouch.day(item.visit_on, "item.visit_on"))
        }
    }

    private static func day(_ text: String, _ field: String) throws -> LocalDate {
        guard let date = LocalDate(text) else { throw unreadable(text, field) }
        return date
    }

    private static func zone(_ identifier: String) throws -> Zone {
        do {
            return try Zone(identifier: identifier)
        } catch {
            throw unreadable(identifier, "rooftop.zone")
        }
    }

    private static func named<Name: RawRepresentable<String>>(_ text: String, _ field: String) throws -> Name {
        guard let name = Name(rawValue: text) else { throw unreadable(text, field) }
        return name
    }

    private static func unreadable(_ text: String, _ field: String) -> Unreadable {
        Unreadable(description: "the recorded touch can't be read: \(field) is '\(text)'")
    }

    private static func words(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "it has no \(key.stringValue)"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is of another kind"
        default: "it is no JSON"
        }
    }
}
