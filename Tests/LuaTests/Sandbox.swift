import Lua

/// One text in a fresh machine, for tests.
struct Sandbox {
    static let touch = RecordType(name: "touch", fields: ["kind", "customer", "items", "day"])
    static let customer = RecordType(name: "customer", fields: ["first_name", "name"])

    let machine: Machine
    let image: Image

    init(_ text: String, others: [ScriptSource] = [], strict: Bool = true, keys: [String] = ["run"], limits: Limits = Limits()) throws {
        machine = try Machine()
        let program = Program(
            sources: [ScriptSource(name: "main.lua", text: text)] + others, entries: ["main"],
            recordTypes: [Self.touch, Self.customer], isStrict: strict)
        image = try machine.makeImage(of: program, functions: keys.map { FunctionName("main", $0) }, limits: limits)
    }

    /// Calls `run` with a touch whose customer has a first name and no name.
    func call(_ key: String = "run", seed: UInt64 = 0, limits: Limits = Limits()) -> CallResult {
        var encoder = ValueEncoder()
        let customer = encoder.record(type: 1, [encoder.string("Ana"), .none])
        let items = encoder.list([encoder.string("pads"), encoder.string("tires")])
        let root = encoder.record(type: 0, [encoder.string("reminder"), customer, items, encoder.int(3)])
        guard let result = machine.call(FunctionName("main", key), in: image, with: encoder, root: root, seed: seed, limits: limits)
        else { preconditionFailure("main.lua has no \(key)") }
        return result
    }

    /// What `return` gives in the body of `run(touch)`.
    static func result(_ body: String, seed: UInt64 = 0, limits: Limits = Limits()) throws -> CallResult {
        try Sandbox("return { run = function(touch)\n\(body)\nend }").call(seed: seed, limits: limits)
    }

    static func value(_ body: String, seed: UInt64 = 0) throws -> Value { try result(body, seed: seed).value() }

    /// The message of the error that the body raises.
    static func error(_ body: String) throws -> ScriptError? {
        if case .failed(let error) = try result(body).outcome { error } else { nil }
    }

    /// The limit that stops the body.
    static func limit(_ body: String) throws -> LimitExceeded? {
        if case .killed(let limit) = try result(body).outcome { limit } else { nil }
    }
}
