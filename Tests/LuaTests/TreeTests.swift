import Lua
import Testing

/// Objects (JSON) and elements (XML) as scripts see them.
@Suite struct TreeTests {
    /// Calls `run(object, element)` with `{"name": "Ana", "none": null, "jobs": [{"op": "A"}, {"op": "B"}], "name": "Bea"}` and
    /// `<RO n="7">text<Job op="A"><Price>1</Price></Job><Other/><Job op="B"><Note>x</Note><Price>2</Price></Job></RO>`.
    private static func result(_ body: String) throws -> CallResult {
        let sandbox = try Sandbox("return { run = function(object, element)\n\(body)\nend }")
        var encoder = ValueEncoder()
        let jobs = encoder.begin()
        for op in ["A", "B"] {
            let job = encoder.begin()
            encoder.add(encoder.string("op"))
            encoder.add(encoder.string(op))
            encoder.add(encoder.endObject(job))
        }
        let list = encoder.endList(jobs)
        let whole = encoder.begin()
        for (name, value) in [("name", encoder.string("Ana")), ("none", .none), ("jobs", list), ("name", encoder.string("Bea"))] {
            encoder.add(encoder.string(name))
            encoder.add(value)
        }
        let object = encoder.endObject(whole)
        let first = element(&encoder, "Job", ["op": "A"], [element(&encoder, "Price", text: "1")])
        let second = element(
            &encoder, "Job", ["op": "B"], [element(&encoder, "Note", text: "x"), element(&encoder, "Price", text: "2")])
        let root = element(&encoder, "RO", ["n": "7"], [first, element(&encoder, "Other"), second], text: "text")
        guard let result = sandbox.machine.call(FunctionName("main", "run"), in: sandbox.image, with: encoder, root: object, second: root)
        else { preconditionFailure("main.lua has no run") }
        return result
    }

    private static func element(
        _ encoder: inout ValueEncoder, _ name: String, _ attributes: [String: String] = [:], _ elements: [ValueEncoder.Part] = [],
        text: String? = nil
    ) -> ValueEncoder.Part {
        let name = encoder.string(name)
        let text = encoder.string(text)
        let whole = encoder.begin()
        for (key, value) in attributes {
            encoder.add(encoder.string(key))
            encoder.add(encoder.string(value))
        }
        for element in elements { encoder.add(element) }
        return encoder.endElement(whole, name: name, text: text, attributes: attributes.count)
    }

    private static func value(_ body: String) throws -> Value { try result(body).value() }

    private static func error(_ body: String) throws -> String? {
        if case .failed(let error) = try result(body).outcome { error.message } else { nil }
    }

    @Test("an object gives its values by name; what it lacks, and null, is nil; of two with one name the later counts")
    func objects() throws {
        #expect(try Self.value("return object.name .. #object.jobs .. object.jobs[2].op .. tostring(object.none) .. tostring(object.zzz)") == .string("Bea2Bnilnil"))
        #expect(try Self.value("return object.jobs[1] == object.jobs[1] and type(object) == 'table'") == .bool(true))
        #expect(try Self.value("local t = {} for k, v in pairs(object) do t[#t + 1] = k end return table.concat(t, ' ')") == .string("name jobs name"))
    }

    @Test("an object handed back is copied with its names in order")
    func copied() throws {
        let job = { (op: String) in Value.map([.init(key: .string("op"), value: .string(op))]) }
        #expect(try Self.value("return object") == .map([
            .init(key: .string("jobs"), value: .list([job("A"), job("B")])), .init(key: .string("name"), value: .string("Bea")),
        ]))
    }

    @Test("an element is read by paths: its text, its attributes, the first and all that a path leads to")
    func elements() throws {
        #expect(try Self.value("return element.name .. element:text '.' .. element:text '@n' .. #element .. element[3].name") == .string("ROtext73Job"))
        #expect(try Self.value("return element:text 'Job/Price' .. element:text 'Job/Note' .. element:text 'Job/@op'") == .string("1xA"))
        #expect(try Self.value("local t = {} for i, job in ipairs(element:all 'Job') do t[i] = job:text '@op' .. job:text 'Price' end return table.concat(t, ' ')") == .string("A1 B2"))
        #expect(try Self.value("return #element:all 'Job/Price' .. #element:all() .. #element:all 'Nothing'") == .string("230"))
        #expect(try Self.value("return element:first('Job') == element[1] and element:first 'Nothing' == nil") == .bool(true))
    }

    @Test("what isn't there reads as empty text, so that readers of the standard library take it")
    func absent() throws {
        #expect(try Self.value("return element:text 'No/Such/@thing' .. element:text 'Other'") == .string(""))
    }

    @Test("a mistake with elements is told in words", arguments: [
        ("return element.Job", "an XML element has no field 'Job'; read it with :text \"Job\" or :all \"Job\""),
        ("return element.text 'Job'", "write element:text \"Path\", with a colon"),
        ("return element:all 'Job/@op'", "an attribute is text: read '@op' with :text"),
        ("return element:text '/Job'", "a path is names with slashes between them, got '/Job'"),
        ("return { element:first 'Job' }", "the result has an XML element in it; take its text, as element:text \"Name\""),
        ("element.x = 1", "what the host gives is read-only; copy what you need into a table of your own"),
    ])
    func mistakes(body: String, message: String) throws {
        #expect(try Self.error(body) == message)
    }

    @Test("methods called by hand with anything are ordinary errors", arguments: ["nil", "5", "{}", "object", "coroutine.create(print)"])
    func byHand(argument: String) throws {
        for method in ["text", "first", "all"] {
            #expect(try Self.error("return element.\(method)(\(argument), 'Job')")?.hasPrefix("write element:text") == true)
        }
    }
}
