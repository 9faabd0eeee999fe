extension Catalogue {
    /// Low, mid and high as the trade counts them: a timing belt is high, other belts mid.
    static let shipped: [ServiceCategory] = low + mid + high

    private static let low: [ServiceCategory] = [
        .init(code: "cabin_filter", name: "cabin air filter", tier: .low, opCodes: ["CABF"], words: ["cabin air filter", "cabin filter"]),
        .init(code: "engine_air_filter", name: "engine air filter", tier: .low, opCodes: ["ENGF"], words: ["engine air filter", "air filter"]),
        .init(code: "wipers", name: "wiper blades", tier: .low, isSafety: true, seasons: [.winter], opCodes: ["WIPE"], words: ["wiper"]),
        .init(code: "battery", name: "battery", tier: .low, seasons: [.winter], opCodes: ["BATT"], words: ["battery"]),
        .init(code: "brake_fluid", name: "brake fluid exchange", tier: .low, isSafety: true, opCodes: ["BFLU"], words: ["brake fluid"]),
        .init(code: "bulbs", name: "light bulb", tier: .low, isSafety: true, words: ["bulb", "headlight", "tail light"]),
        .init(code: "power_steering_flush", name: "power steering flush", tier: .low, words: ["power steering fl"]),
    ]

    private static let mid: [ServiceCategory] = [
        .init(code: "brakes_front", name: "front brake pads and rotors", tier: .mid, isSafety: true, opCodes: ["BRKF"], words: ["front brake"]),
        .init(code: "brakes_rear", name: "rear brake pads and rotors", tier: .mid, isSafety: true, opCodes: ["BRKR"], words: ["rear brake"]),
        .init(code: "brakes", name: "brakes", tier: .mid, isSafety: true, words: ["brake"]),
        .init(code: "tires_all", name: "four tires", tier: .mid, isSafety: true, seasons: [.winter, .summer], opCodes: ["TIRE4"], words: ["4 tires", "four tires"]),
        .init(code: "tires_rear", name: "two rear tires", tier: .mid, isSafety: true, seasons: [.winter, .summer], opCodes: ["TIRE2"], words: ["2 rear tires", "rear tires"]),
        .init(code: "tires_front", name: "two front tires", tier: .mid, isSafety: true, seasons: [.winter, .summer], words: ["2 front tires", "front tires"]),
        .init(code: "tires", name: "tires", tier: .mid, isSafety: true, seasons: [.winter, .summer], words: ["tire"]),
        .init(code: "alignment", name: "four-wheel alignment", tier: .mid, opCodes: ["ALGN"], words: ["alignment"]),
        .init(code: "serpentine_belt", name: "drive belt", tier: .mid, words: ["serpentine", "drive belt", "accessory belt"]),
        .init(code: "coolant_flush", name: "coolant flush", tier: .mid, seasons: [.winter, .summer], opCodes: ["COOL"], words: ["coolant"]),
        .init(code: "spark_plugs", name: "spark plugs", tier: .mid, words: ["spark plug"]),
        .init(code: "air_conditioning", name: "air conditioning service", tier: .mid, seasons: [.summer], words: ["air conditioning", "a/c "]),
        .init(code: "exhaust", name: "exhaust repair", tier: .mid, words: ["exhaust", "muffler"]),
        .init(code: "wheel_bearing", name: "wheel bearing", tier: .mid, isSafety: true, words: ["wheel bearing"]),
        .init(code: "hoses", name: "radiator hoses", tier: .mid, seasons: [.summer], words: ["hose"]),
    ]

    private static let high: [ServiceCategory] = [
        .init(code: "transmission", name: "transmission fluid service", tier: .high, seasons: [.summer], opCodes: ["TRAN"], words: ["transmission", "trans service"]),
        .init(code: "suspension", name: "front struts", tier: .high, isSafety: true, opCodes: ["STRT"], words: ["strut", "shock", "suspension"]),
        .init(code: "steering", name: "steering repair", tier: .high, isSafety: true, words: ["steering", "tie rod", "ball joint"]),
        .init(code: "engine_oil_leak", name: "valve cover gasket", tier: .high, opCodes: ["VCVG"], words: ["valve cover", "oil leak", "oil seep"]),
        .init(code: "engine", name: "engine repair", tier: .high, words: ["engine repair", "engine mount"]),
        .init(code: "timing_belt", name: "timing belt and water pump", tier: .high, isSafety: true, seasons: [.summer], opCodes: ["TBLT"], words: ["timing belt", "timing chain"]),
        .init(code: "water_pump", name: "water pump", tier: .high, seasons: [.summer], words: ["water pump"]),
        .init(code: "head_gasket", name: "head gasket", tier: .high, words: ["head gasket"]),
        .init(code: "fuel_system", name: "fuel system repair", tier: .high, words: ["fuel pump", "fuel system", "injector"]),
    ]
}
