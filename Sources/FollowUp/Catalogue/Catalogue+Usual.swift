extension Catalogue {
    static let usualCategories: [ServiceCategory] = low + mid + high + lookalikes

    private static let low: [ServiceCategory] = [
        ServiceCategory(
            code: "cabin_filter", name: "cabin air filter", tier: .low, opCodes: ["CABF"],
            words: ["cabin filter", "cabin air filter", "pollen filter"]),
        ServiceCategory(
            code: "engine_air_filter", name: "engine air filter", tier: .low, opCodes: ["ENGF"],
            words: ["air filter", "engine filter", "engine air filter"]),
        ServiceCategory(
            code: "wipers", name: "wiper blades", tier: .low, isSafety: true, seasons: [.winter], opCodes: ["WIPE"],
            words: ["wiper", "wiper blade"]),
        ServiceCategory(
            code: "battery", name: "battery", tier: .low, seasons: [.winter, .summer], opCodes: ["BATT"],
            words: ["battery", "batteries"]),
        ServiceCategory(
            code: "brake_fluid", name: "brake fluid exchange", tier: .low, isSafety: true, opCodes: ["BFLU"],
            words: ["brake fluid", "brake flush"]),
        ServiceCategory(
            code: "bulbs", name: "light bulb", tier: .low, isSafety: true, seasons: [.winter],
            words: ["bulb", "headlight", "headlamp", "tail light", "brake light"]),
        ServiceCategory(
            code: "power_steering_flush", name: "power steering flush", tier: .low,
            words: ["power steering", "power steering flush", "power steering fluid"]),
    ]

    private static let mid: [ServiceCategory] = [
        ServiceCategory(
            code: "brakes_front", name: "front brake pads and rotors", tier: .mid, isSafety: true, seasons: [.winter],
            opCodes: ["BRKF"], words: ["front brake", "front pad", "front rotor"]),
        ServiceCategory(
            code: "brakes_rear", name: "rear brake pads and rotors", tier: .mid, isSafety: true, seasons: [.winter],
            opCodes: ["BRKR"], words: ["rear brake", "rear pad", "rear rotor"]),
        ServiceCategory(
            code: "brakes", name: "brakes", tier: .mid, isSafety: true, seasons: [.winter],
            words: ["brake", "brake pad", "rotor"]),
        ServiceCategory(
            code: "tires_all", name: "four tires", tier: .mid, isSafety: true, seasons: [.winter, .summer],
            opCodes: ["TIRE4"], words: ["4 tire", "four tire", "tire set", "replace 4 tire", "four new tire"],
            covers: ["tires", "tires_front", "tires_rear"]),
        ServiceCategory(
            code: "tires_rear", name: "two rear tires", tier: .mid, isSafety: true, seasons: [.winter, .summer],
            opCodes: ["TIRE2"], words: ["rear tire", "2 rear tire"]),
        ServiceCategory(
            code: "tires_front", name: "two front tires", tier: .mid, isSafety: true, seasons: [.winter, .summer],
            words: ["front tire", "2 front tire"]),
        ServiceCategory(
            code: "tires", name: "tires", tier: .mid, isSafety: true, seasons: [.winter, .summer], words: ["tire"]),
        ServiceCategory(
            code: "alignment", name: "four-wheel alignment", tier: .mid, opCodes: ["ALGN"],
            words: ["alignment", "wheel alignment"]),
        ServiceCategory(
            code: "serpentine_belt", name: "drive belt", tier: .mid, seasons: [.summer],
            words: ["drive belt", "fan belt", "alternator belt", "serpentine", "serpentine belt", "accessory belt"]),
        ServiceCategory(
            code: "coolant_flush", name: "coolant flush", tier: .mid, seasons: [.winter, .summer], opCodes: ["COOL"],
            words: ["coolant", "coolant flush", "antifreeze", "radiator flush"]),
        ServiceCategory(code: "spark_plugs", name: "spark plugs", tier: .mid, words: ["spark plug", "tune up"]),
        ServiceCategory(
            code: "air_conditioning", name: "air conditioning service", tier: .mid, seasons: [.summer],
            words: ["air conditioning", "air conditioner", "a c recharge", "a c service", "ac recharge", "refrigerant"]),
        ServiceCategory(
            code: "exhaust", name: "exhaust repair", tier: .mid,
            words: ["exhaust", "muffler", "catalytic"]),
        ServiceCategory(
            code: "wheel_bearing", name: "wheel bearing", tier: .mid, isSafety: true,
            words: ["wheel bearing", "hub bearing"]),
        ServiceCategory(
            code: "hoses", name: "coolant hoses", tier: .mid, seasons: [.summer],
            words: ["hose", "radiator hose", "coolant hose", "heater hose"]),
    ]

    private static let high: [ServiceCategory] = [
        ServiceCategory(
            code: "transmission", name: "transmission fluid service", tier: .high, seasons: [.summer],
            opCodes: ["TRAN"],
            words: ["transmission", "transmission fluid", "trans fluid", "trans service", "trans flush"]),
        ServiceCategory(
            code: "suspension", name: "front struts", tier: .high, isSafety: true, opCodes: ["STRT"],
            words: ["front strut"]),
        ServiceCategory(
            code: "suspension", name: "struts and shocks", tier: .high, isSafety: true,
            words: ["strut", "shock", "shock absorber"]),
        ServiceCategory(
            code: "suspension", name: "suspension repair", tier: .high, isSafety: true,
            words: ["suspension", "control arm", "ball joint"]),
        ServiceCategory(
            code: "steering", name: "steering repair", tier: .high, isSafety: true,
            words: ["steering", "steering rack", "tie rod", "power steering pump", "power steering rack"]),
        ServiceCategory(
            code: "engine_oil_leak", name: "valve cover gasket", tier: .high, opCodes: ["VCVG"],
            words: ["valve cover", "valve cover gasket"]),
        ServiceCategory(
            code: "engine_oil_leak", name: "engine oil leak repair", tier: .high,
            words: ["oil leak", "oil seep", "oil pan gasket", "rear main seal"]),
        ServiceCategory(
            code: "timing_belt", name: "timing belt and water pump", tier: .high, seasons: [.summer],
            opCodes: ["TBLT"], words: ["timing belt water pump"], covers: ["water_pump"]),
        ServiceCategory(
            code: "timing_belt", name: "timing belt", tier: .high, seasons: [.summer],
            words: ["timing belt", "timing chain"]),
        ServiceCategory(
            code: "water_pump", name: "water pump", tier: .high, seasons: [.winter, .summer], words: ["water pump"]),
        ServiceCategory(
            code: "head_gasket", name: "head gasket", tier: .high, seasons: [.summer],
            words: ["head gasket"]),
        ServiceCategory(
            code: "fuel_system", name: "fuel system service", tier: .high, seasons: [.winter],
            words: ["fuel system", "fuel pump", "fuel injector", "injector", "fuel induction"]),
        ServiceCategory(
            code: "engine", name: "engine repair", tier: .high, words: ["engine", "engine mount", "motor mount"]),
    ]

    /// Work whose words would else be taken for another kind: a tire rotation replaces no tire.
    private static let lookalikes: [ServiceCategory] = [
        lookalike("tire rotation", words: ["tire rotation", "rotate tire"]),
        lookalike("tire repair", words: ["tire repair", "flat repair"]),
        lookalike("tire pressure sensor", words: ["tire pressure", "tpms"]),
        lookalike("brake inspection", words: ["brake inspection", "brake check"]),
        lookalike("battery test", words: ["battery test", "battery check"]),
        lookalike("engine oil change", words: ["engine oil change", "engine oil filter"]),
        lookalike("seat belt repair", words: ["seat belt"]),
    ]

    private static func lookalike(_ name: String, words: [String]) -> ServiceCategory {
        ServiceCategory(code: ServiceCategory.otherCode, name: name, tier: nil, words: words)
    }
}
