import ScriptKit
import Testing

@Suite struct MissingValueTests {
    @Test("a value that may be missing is told when nobody asks for it", arguments: [
        ("return 'Hi ' .. touch.first_name", "touch.first_name"), ("return touch.item.condition.words", "touch.item.condition"),
        ("local name = touch.first_name\nreturn 'Hi ' .. name", "name"), ("return touch.first_name:upper()", "touch.first_name"),
        ("return 'at ' .. touch.repair_order.mileage // 1000", "touch.repair_order.mileage"),
        ("if touch.vehicle.year < 2015 then return 'old' end", "touch.vehicle.year"),
        ("if touch.item.condition.words then return 'x' end", "touch.item.condition"),
        ("if touch.kind == 'final' then return 'Hi ' .. touch.first_name end", "touch.first_name"),
    ])
    func missing(body: String, what: String) {
        #expect(SourceCheckBench.sms(body) == ["\(what) may be missing; check it first, as: if \(what) then"])
    }

    @Test("any question about it, by the function, a helper or a caller, is taken for the check", arguments: [
        "if touch.first_name then return 'Hi ' .. touch.first_name end",
        "if not touch.first_name then return nil end\nreturn 'Hi ' .. touch.first_name",
        "return touch.first_name and 'Hi ' .. touch.first_name", "return 'Hi ' .. (touch.first_name or 'there')",
        "local name = touch.first_name\nif name == nil then return end\nreturn 'Hi ' .. name",
        "assert(touch.first_name)\nreturn 'Hi ' .. touch.first_name",
        "local c = touch.item.condition\nreturn c and c.words", "return touch.items[1].condition and touch.item.condition.words",
        "local function has(x) return x ~= nil end\nif has(touch.first_name) then return 'Hi ' .. touch.first_name end",
        "if touch.kind == 'season' then return 'Soon: ' .. touch.season end",
        "local named = touch.first_name ~= nil\nif named then return 'Hi ' .. touch.first_name end",
    ])
    func checked(body: String) {
        #expect(SourceCheckBench.sms(body) == [])
    }

    @Test("a helper may leave the check to its caller, and a caller to its helper", arguments: [
        "local function hi(t) return 'Hi ' .. t.first_name end\nreturn { sms = function(touch) return touch.first_name and hi(touch) end }",
        "local function named(t) return t.first_name ~= nil end\nreturn { sms = function(touch) if named(touch) then return 'Hi ' .. touch.first_name end end }",
    ])
    func helpers(text: String) {
        #expect(SourceCheckBench.findings(text) == [])
    }

    @Test("one hook's check is none for another")
    func otherHook() {
        let text = "return { sms = function(t) return t.first_name and 'x' end, call = function(t) return 'Hi ' .. t.first_name end }"
        #expect(SourceCheckBench.findings(text).map(\.severity) == [.warning])
    }

    @Test("in channel.lua the allowed channels are always there")
    func allowed() {
        #expect(SourceCheckBench.findings("return { choose = function(touch) return touch.allowed[#touch.allowed] end }", file: "channel.lua") == [])
    }
}
