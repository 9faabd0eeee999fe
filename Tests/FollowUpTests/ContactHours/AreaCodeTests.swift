import FollowUp
import Testing

@Suite struct AreaCodeTests {
    @Test("an area code is read from an E.164 number of the plan, and from nothing else")
    func reads() {
        #expect(AreaCode(phone: "+18505550123")?.number == 850)
        for other in ["8505550123", "+448505550123", "+1850555012", "+185055501234", "+1850555O123", "+11505550123", "", "+1８505550123"] {
            #expect(AreaCode(phone: other) == nil, "\(other)")
        }
    }

    @Test("every state and province has an area code, and no code is in two rows but 867")
    func complete() throws {
        var counts: [Jurisdiction: Int] = [:]
        for number in 200...999 {
            let places = try #require(AreaCode(number: number)).places
            let jurisdictions = Set(places.compactMap(\.jurisdiction))
            for jurisdiction in jurisdictions { counts[jurisdiction, default: 0] += 1 }
            #expect(Set(places).count == places.count, "\(number) lists a place twice")
            switch number {
            case 867: #expect(jurisdictions == [.yukon, .northwestTerritories, .nunavut])
            case 782, 902: #expect(jurisdictions == [.novaScotia, .princeEdwardIsland])
            default: #expect(jurisdictions.count <= 1, "\(number) is in \(jurisdictions)")
            }
        }
        #expect(Set(counts.keys) == Set(Jurisdiction.allCases))
        #expect(counts[.california] == 41)
        #expect(counts[.texas] == 29)
        #expect(counts[.wyoming] == 1)
    }

    @Test(
        "codes that cross a zone's border list both zones",
        arguments: [
            (850, ["America/New_York", "America/Chicago"]), (448, ["America/New_York", "America/Chicago"]),
            (605, ["America/Chicago", "America/Denver"]), (701, ["America/Chicago", "America/Denver"]),
            (308, ["America/Chicago", "America/Denver"]), (785, ["America/Chicago", "America/Denver"]),
            (208, ["America/Denver", "America/Los_Angeles"]), (541, ["America/Los_Angeles", "America/Denver"]),
            (775, ["America/Los_Angeles", "America/Denver"]), (928, ["America/Phoenix", "America/Denver"]),
            (906, ["America/New_York", "America/Chicago"]), (812, ["America/New_York", "America/Chicago"]),
            (270, ["America/Chicago", "America/New_York"]), (423, ["America/Chicago", "America/New_York"]),
            (907, ["America/Anchorage", "America/Adak"]), (807, ["America/Toronto", "America/Winnipeg", "America/Atikokan"]),
            (709, ["America/St_Johns", "America/Goose_Bay"]), (602, ["America/Phoenix"]), (915, ["America/Chicago", "America/Denver"]),
        ])
    func splitCodes(number: Int, zones: [String]) throws {
        #expect(Set(try #require(AreaCode(number: number)).places.map(\.zone.identifier)) == Set(zones))
    }

    @Test("toll-free, premium, personal, Caribbean and unassigned codes tell nothing", arguments: [800, 833, 888, 900, 500, 533, 600, 710, 809, 876, 242, 411, 999])
    func unknown(number: Int) throws {
        #expect(try #require(AreaCode(number: number)).places.isEmpty)
    }

    @Test("every rule says where it was read and when, and only the federal one is the law itself")
    func rulesAreDated() throws {
        #expect(Set(HoursRules.stricterStates.keys) == [
            .florida, .oklahoma, .washington, .maryland, .mississippi, .newJersey, .connecticut, .texas, .rhodeIsland,
        ])
        for (jurisdiction, rule) in HoursRules.stricterStates {
            #expect(rule.authority == jurisdiction.name)
            #expect(rule.isSecondary && !rule.source.isEmpty)
            #expect(rule.asOf.description == "2026-11-24")
        }
        #expect(!HoursRules.unitedStates.isSecondary)
        #expect(HoursRules.canada.isSecondary)
    }
}
