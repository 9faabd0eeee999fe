import FollowUp
import Testing

/// The values that the tests of the follow-up rules start from.
enum Given {
    static func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    static var chicago: Zone { get throws { try Zone(identifier: "America/Chicago") } }

    static func instant(_ date: String, _ time: String = "10:00", in zone: Zone) throws -> Timestamp {
        zone.timestamp(of: try Self.date(date), try #require(LocalTime(time)))
    }

    /// An item as the usual catalogue classifies it.
    static func item(
        _ opCode: String? = "BRKR", _ description: String = "REAR BRAKE PADS & ROTORS", cents: Int? = 412_50,
        severity: DeclinedItem.Severity? = nil, visitOn: String = "2026-03-03"
    ) throws -> ClassifiedItem {
        ClassifiedItem(
            item: DeclinedItem(opCode: opCode, description: description, priceCents: cents, severity: severity),
            category: Catalogue.usual.category(opCode: opCode, description: description, priceCents: cents),
            visitOn: try date(visitOn))
    }
}
