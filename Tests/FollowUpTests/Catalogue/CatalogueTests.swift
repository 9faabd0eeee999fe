import FollowUp
import Testing

@Suite struct CatalogueTests {
    let catalogue = Catalogue()

    @Test("work is sorted by op code, then by its longest words", arguments: [
        ("BRKR", "?", "brakes_rear", Tier.mid), ("TBLT", "?", "timing_belt", .high), (nil, "2 REAR TIRES", "tires_rear", .mid),
        (nil, "Rear brake pads & rotors", "brakes_rear", .mid), (nil, "Brake fluid exchange", "brake_fluid", .low),
        (nil, "TRANS SERVICE", "transmission", .high), (nil, "WIPERS", "wipers", .low), (nil, "ENTIRE DETAIL", "other", .mid),
        (nil, "Serpentine belt", "serpentine_belt", .mid), (nil, "TIMING BELT", "timing_belt", .high),
    ] as [(String?, String, String, Tier)])
    func sorts(opCode: String?, description: String, code: String, tier: Tier) {
        let category = catalogue.category(opCode: opCode, description: description)
        #expect(category.code == code)
        #expect(category.tier(priceCents: nil) == tier)
    }

    @Test("work that no category knows has the tier of its price")
    func byPrice() {
        #expect(Catalogue.other.tier(priceCents: 9_900) == .low)
        #expect(Catalogue.other.tier(priceCents: 30_000) == .mid)
        #expect(Catalogue.other.tier(priceCents: 120_000) == .high)
    }

    @Test("a rooftop's own category comes before the host's")
    func own() {
        let rear = ServiceCategory(code: "wiper_rear", name: "rear wiper", tier: .low, opCodes: ["RWIP"], words: ["rear wiper"])
        let extended = Catalogue(adding: [rear])
        #expect(extended.category(opCode: "rwip", description: nil).code == "wiper_rear")
        #expect(extended.category(opCode: nil, description: "REAR WIPER BLADE").code == "wiper_rear")
        #expect(extended["wipers"].name == "wiper blades")
    }

    @Test("no op code and no category code is listed twice")
    func unique() {
        let codes = catalogue.categories.map(\.code)
        let opCodes = catalogue.categories.flatMap(\.opCodes)
        #expect(Set(codes).count == codes.count)
        #expect(Set(opCodes).count == opCodes.count)
    }
}
