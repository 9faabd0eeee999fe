import FollowUp
import Testing

@Suite struct CatalogueTests {
    @Test(
        "R27: each line of the sample exports gets its kind of work and its tier",
        arguments: [
            ("TIRE2", "REPLACE 2 REAR TIRES", "tires_rear", Tier.mid), ("BFLU", "BRAKE FLUID EXCHANGE", "brake_fluid", .low),
            ("CABF", "CABIN AIR FILTER", "cabin_filter", .low), ("TIRE4", "REPLACE 4 TIRES", "tires_all", .mid),
            ("ENGF", "ENGINE AIR FILTER", "engine_air_filter", .low),
            ("BRKF", "FRONT BRAKE PADS & ROTORS", "brakes_front", .mid),
            ("BRKR", "REAR BRAKE PADS & ROTORS", "brakes_rear", .mid),
            ("VCVG", "VALVE COVER GASKET - OIL SEEP", "engine_oil_leak", .high),
            ("COOL", "COOLANT FLUSH", "coolant_flush", .mid), ("STRT", "FRONT STRUTS (PAIR)", "suspension", .high),
            ("TRAN", "TRANSMISSION FLUID SERVICE", "transmission", .high),
            ("TBLT", "TIMING BELT & WATER PUMP", "timing_belt", .high), ("BATT", "REPLACE BATTERY", "battery", .low),
            ("ALGN", "4-WHEEL ALIGNMENT", "alignment", .mid), ("WIPE", "WIPER BLADES, FRONT PAIR", "wipers", .low),
        ])
    func sampleLines(opCode: String, description: String, code: String, tier: Tier) {
        for category in [
            Catalogue.usual.category(opCode: opCode, description: "?"),
            Catalogue.usual.category(opCode: opCode.lowercased(), description: "?"),
            Catalogue.usual.category(opCode: nil, description: description),
            Catalogue.usual.category(opCode: "ZZ1", description: description.lowercased()),
        ] {
            #expect(category.code == code)
            #expect(category.tier == tier)
        }
    }

    @Test(
        "R33: free words of advisors' comments are recognised by their longest phrase",
        arguments: [
            ("TRANS SERVICE", "transmission"), ("REAR BRAKES", "brakes_rear"), ("BRAKES, REAR", "brakes_rear"),
            ("BRAKES", "brakes"), ("2 REAR TIRES", "tires_rear"), ("4 TIRES", "tires_all"), ("TIMING BELT", "timing_belt"),
            ("WATER PUMP", "water_pump"), ("SERPENTINE BELT", "serpentine_belt"), ("ENGINE AIR FILTER", "engine_air_filter"),
            ("POWER STEERING FLUSH", "power_steering_flush"), ("STEERING RACK", "steering"), ("REAR SHOCKS", "suspension"),
            ("SEAT BELT", "other"), ("TIRE ROTATION", "other"), ("LUBE, OIL & FILTER", "other"), ("", "other"),
        ])
    func freeWords(description: String, code: String) {
        #expect(Catalogue.usual.category(opCode: nil, description: description).code == code)
    }

    @Test(
        "R25: work of no known kind gets its tier from its price",
        arguments: [(149_99, Tier.low), (150_00, .mid), (699_99, .mid), (700_00, .high), (nil, .mid)] as [(Int?, Tier)])
    func otherByPrice(cents: Int?, tier: Tier) {
        let category = Catalogue.usual.category(opCode: "X", description: "DETAIL", priceCents: cents)
        #expect(category.code == "other")
        #expect(category.tier == tier)
        #expect(Catalogue.usual.category(opCode: nil, description: "TIRE ROTATION", priceCents: cents).tier == tier)
    }

    @Test("R26: a timing belt is high-dollar and every other belt mid")
    func belts() {
        #expect(Catalogue.usual.category(opCode: nil, description: "TIMING BELT").tier == .high)
        #expect(Catalogue.usual.category(opCode: nil, description: "DRIVE BELT").tier == .mid)
    }

    @Test("a rooftop's own category wins over the usual one with the same op code")
    func extended() {
        let own = ServiceCategory(code: "detail", name: "interior detail", tier: .low, opCodes: ["BATT"], words: ["detail"])
        let catalogue = Catalogue.usual.extended(with: [own])
        #expect(catalogue.category(opCode: "batt", description: "").code == "detail")
        #expect(catalogue.category(opCode: nil, description: "full detail").code == "detail")
        #expect(catalogue.category(opCode: "CABF", description: "").code == "cabin_filter")
    }

    @Test("the item that a message names first is red, then safety, then the dearer")
    func importance() throws {
        let filter = try Given.item("CABF", cents: 60_00)
        let brakes = try Given.item("BRKR")
        let gasket = try Given.item("VCVG", cents: 900_00)
        let redFilter = try Given.item("CABF", cents: 60_00, severity: .red)
        let sorted = [filter, gasket, brakes, redFilter].sorted { $0.precedes($1) }
        #expect(sorted == [redFilter, brakes, gasket, filter])
    }

    @Test(
        "R6: winter is coming from September 15 to December 15, summer from April 1 to June 30",
        arguments: [
            ("2026-09-14", nil), ("2026-09-15", Season.winter), ("2026-12-15", .winter), ("2026-12-16", nil),
            ("2026-03-31", nil), ("2026-04-01", .summer), ("2026-06-30", .summer), ("2026-07-01", nil),
        ] as [(String, Season?)])
    func seasons(date: String, season: Season?) throws {
        #expect(Season.coming(on: try Given.date(date)) == season)
    }
}
