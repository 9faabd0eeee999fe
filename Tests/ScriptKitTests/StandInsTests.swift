import FollowUp
import ScriptKit
import Scripting
import Testing

@Suite struct StandInsTests {
    static func touch(_ customer: Customer, description: String = "REAR BRAKE PADS", roNumber: String = "1042") throws -> RecordedTouch {
        let visit = LocalDate("2026-05-05")!
        let zone = try Zone(identifier: "America/Chicago")
        let order = RepairOrder(
            roNumber: .init(roNumber), closedOn: visit, customer: customer, vehicle: Vehicle(year: 2016, make: "Ford", model: "EXPLORER"),
            declined: [DeclinedItem(opCode: "BRKR", description: description)])
        let facts = TouchFacts(
            kind: .reminder, now: zone.timestamp(of: visit + 3, Cadence.usualSendAt), repairOrder: order,
            items: Catalogue.usual.items(declinedOn: order),
            rooftop: .init(name: "Lopez Ford", phone: "+13125550100", zone: zone, bookingLink: "https://book.example.com/lopez"),
            bookingLink: "https://book.example.com/lopez/k3v9q2x7mw")
        var json = CanonicalJSON()
        json.write(facts, allowed: [.sms])
        return try RecordedTouch(json: json.text)
    }

    static let maria = Customer(name: "Maria Lopez", firstName: "Maria")

    @Test("one original has one stand-in in every field, in free text, in capitals and with 's", arguments: [
        ("Hi Maria, MARIA LOPEZ and Maria's car", "Hi Jordan, JORDAN REYES and Jordan's car"),
        ("Marianne isn't Maria; maria is", "Marianne isn't Jordan; jordan is"),
        ("Lopez Ford here", "Lopez Ford here"), ("RO 1042, not 10427", "RO 1234, not 10427"),
        ("book: https://book.example.com/lopez/k3v9q2x7mw or https://book.example.com/lopez", "book: https://book.example.com/lopez/example or https://book.example.com/lopez"),
        ("call (312) 555-0142, 312.555.0142 or +13125550142", "call (202) 555-0100, 202.555.0100 or +12025550100"),
        ("555-0142 then 312-555-0142 and 312-555-0143", "555-0100 then 202-555-0100 and 202-555-0101"),
        ("ours is (312) 555-0100", "ours is (312) 555-0100"),
        ("m.lopez@example.net, M.LOPEZ@EXAMPLE.NET, b@c.org", "customer1@example.com, customer1@example.com, customer2@example.com"),
        ("VIN 1HGCM82633A004352.", "VIN 1ZZZZ0000Z0000001."),
        ("DOB 3/14/1961, seen 5/5/2026, 2026-05-05, dob 03/14/61", "DOB 1/01/1980, seen 5/5/2026, 2026-05-05, dob 01/02/80"),
        ("pads at 3/32, $412.50, 48,210 miles", "pads at 3/32, $412.50, 48,210 miles"),
    ])
    func replaced(text: String, expected: String) throws {
        var standIns = StandIns(for: try Self.touch(Self.maria).facts)
        #expect(standIns.replacing(text) == expected)
    }

    @Test("a name that is also a word, a month or a make leaves words, days and cars alone")
    func ambiguous() throws {
        var standIns = StandIns(for: try Self.touch(Customer(name: "Will May", firstName: "Will")).facts)
        #expect(standIns.replacing("Hi Will, we will see your 2016 Ford Explorer of Tuesday, May 5. Mr. May?")
            == "Hi Jordan, we will see your 2016 Ford Explorer of Tuesday, May 5. Mr. Reyes?")
    }

    @Test("a company keeps its form and loses its name")
    func company() throws {
        var standIns = StandIns(for: try Self.touch(Customer(name: "BLUE HERON INC")).facts)
        #expect(standIns.replacing("BLUE HERON INC; Heron's van") == "ALDER BIRCH INC; Birch's van")
    }

    @Test("the touch itself has no trace of the customer")
    func fields() throws {
        let touch = try Self.touch(Self.maria, description: "BRAKES, CALL MARIA 312-555-0142 RE 1042")
        var standIns = StandIns(for: touch.facts)
        let facts = standIns.replacing(touch).facts
        #expect(facts.customer.name == "Jordan Reyes" && facts.customer.firstName == "Jordan")
        #expect(facts.items[0].item.description == "BRAKES, CALL JORDAN 202-555-0100 RE 1234")
        #expect(facts.roNumber.text == "1234" && facts.bookingLink.hasSuffix("/lopez/example"))
        #expect(facts.rooftop.name == "Lopez Ford")
    }
}
