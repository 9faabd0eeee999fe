import Lua

/// A touch of 2 items, 6 records and 34 fields, written anew for each call as the planner does.
final class SandboxedMessages {
    private static let types = [
        RecordType(name: "touch", fields: [
            "kind", "day", "channel", "now", "late", "visit_on", "visit_day", "booking_link", "item", "items", "customer",
            "vehicle", "rooftop",
        ]),
        RecordType(name: "item", fields: [
            "op_code", "name", "category", "tier", "safety", "price_cents", "condition_value", "condition_unit",
        ]),
        RecordType(name: "customer", fields: ["name", "first_name", "business", "text_ok"]),
        RecordType(name: "vehicle", fields: ["year", "make", "model", "name"]),
        RecordType(name: "rooftop", fields: ["name", "phone", "zone"]),
    ]

    private let machine: Machine
    private let image: Image
    private static let function = FunctionName("message", "sms")
    private var encoder = ValueEncoder()
    private(set) var lastText = ""
    private(set) var fuelUsed: UInt64 = 0
    var imageBytes: Int { image.byteCount }
    var copiedBytes: Int { image.copiedByteCount }

    init(script: String) throws {
        machine = try Machine()
        image = try machine.makeImage(
            of: Program(
                sources: [ScriptSource(name: "message.lua", text: script)], entries: ["message"], recordTypes: Self.types),
            functions: [Self.function])
    }

    func callOnce() throws {
        encoder.reset()
        let touch = encodeTouch()
        guard let result = machine.call(Self.function, in: image, with: encoder, root: touch) else {
            preconditionFailure("message.sms is in the image")
        }
        lastText = try result.value().string ?? ""
        fuelUsed = result.fuelUsed
    }

    private func encodeTouch() -> ValueEncoder.Part {
        let brakes = encodeItem("BRKR", "rear brake pads and rotors", 41_250, 3, "mm")
        let wipers = encodeItem("WIPE", "wiper blades", 4_890, nil, nil)
        let items = encoder.list([brakes, wipers])
        let customer = encoder.record(type: 2, [
            encoder.string("Ana Reyes"), encoder.string("Ana"), encoder.bool(false), encoder.bool(true),
        ])
        let vehicle = encoder.record(type: 3, [
            encoder.int(2016), encoder.string("Ford"), encoder.string("Bolt EV"), encoder.string("2016 Ford Bolt EV"),
        ])
        let rooftop = encoder.record(type: 4, [
            encoder.string("Hillside Motors"), encoder.string("(312) 555-0142"), encoder.string("America/Chicago"),
        ])
        return encoder.record(type: 0, [
            encoder.string("reminder"), encoder.int(3), encoder.string("sms"), encoder.string("2026-03-06 10:00"),
            encoder.bool(false), encoder.string("2026-03-03"), encoder.string("Tuesday, March 3"),
            encoder.string("https://book.example/hillside"), brakes, items, customer, vehicle, rooftop,
        ])
    }

    private func encodeItem(_ op: String, _ name: String, _ cents: Int, _ measure: Double?, _ unit: String?) -> ValueEncoder.Part {
        encoder.record(type: 1, [
            encoder.string(op), encoder.string(name), encoder.string(op), encoder.string("mid"), encoder.bool(false),
            encoder.int(cents), encoder.double(measure), encoder.string(unit),
        ])
    }
}
