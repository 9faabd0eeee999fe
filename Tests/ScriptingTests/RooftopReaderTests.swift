import Foundation
import FollowUp
import Scripting
import Testing

@Suite struct RooftopReaderTests {
    static let base = "id = 'r', name = 'R', zone = 'America/Chicago', booking_link = 'https://book.example.com/r'"

    func read(_ more: String) throws -> FollowUp.Rooftop {
        try RooftopReader(bundle: Rooftop(rooftop: "return { \(Self.base), \(more) }").bundle).rooftop()
    }

    @Test("a rooftop's hours, cadence and categories are read")
    func reads() throws {
        let rooftop = try read(
            "state = 'IL', hours = { open = '11:00', closed = { 'sunday' }, closed_on = { '2026-07-03' } }, cadence = { send_at = '11:30' }, categories = { { code = 'wiper_rear', name = 'rear wiper', tier = 'low', op_codes = { 'RWIP' } } }")
        #expect(rooftop.cadence.sendAt.description == "11:30")
        #expect(rooftop.hours.hours[.sunday] == nil)
        #expect(rooftop.hours.hours[.monday]?.opens.description == "11:00")
        #expect(rooftop.hours.closedDates.count == 1)
        #expect(rooftop.catalogue.category(opCode: "RWIP", description: "").name == "rear wiper")
    }

    @Test("what is wrong is told by field, with a suggestion", arguments: [
        ("hour = {}", "rooftop.lua has no field 'hour'; did you mean 'hours'?"),
        ("hours = { closed = { 'sunady' } }", "did you mean 'sunday'?"),
        ("hours = { open = '9' }", "hours.open is '9', expected a time as \"10:00\""),
        ("hours = { open = '18:00' }", "hours.close 17:00 is not after hours.open 18:00"),
        ("cadence = { send_at = 10 }", "cadence.send_at is a number, expected text"),
        ("state = 'ZZ'", "state is 'ZZ', expected one of"),
        ("zone = 'America/Chicgo'", "America/Chicago"),
    ])
    func wrong(more: String, words: String) throws {
        #expect { try read(more) } throws: { "\($0)".contains(words) && "\($0)".hasPrefix("rooftop.lua") }
    }

    @Test("the examples' rooftop.lua are right", arguments: ["northgate", "hillside", "lakeside"])
    func examples(name: String) throws {
        let bundle = try ScriptBundle(
            folder: Rooftop.root.appending(path: "scripts/\(name)"), stdlib: Rooftop.root.appending(path: "stdlib"))
        #expect(try RooftopReader(bundle: bundle).rooftop().id == name)
    }
}
