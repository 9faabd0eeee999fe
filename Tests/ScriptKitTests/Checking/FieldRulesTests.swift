import ScriptKit
import Testing

@Suite struct FieldRulesTests {
    @Test("a field that the record lacks is found where it is written")
    func unknownField() throws {
        let findings = SourceCheckBench.findings("return {\n  sms = function(touch) return touch.item.mesurement end,\n}")
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect("\(finding)" == "message.lua:2:43: item has no field 'mesurement'")
        #expect(finding.length == 10 && finding.rule == .unknownField && finding.severity == .error)
    }

    @Test("a near field is suggested")
    func suggestion() {
        let finding = SourceCheckBench.findings("return { sms = function(t) return t.custmer.name end }").first
        #expect(finding?.message == "touch has no field 'custmer'; did you mean 'customer'?")
        #expect(finding?.suggestion == "customer")
    }

    @Test("fields are followed through locals, loops, lists, brackets and the file's own functions", arguments: [
        "local item = touch.item\nreturn item.nmae",
        "for _, item in ipairs(touch.items) do if item.nmae then return 'x' end end",
        "local last = touch.previous[#touch.previous]\nreturn last.stats",
        "return touch.items[1].nmae", "return touch['item'].nmae", "return (touch.item).nmae", "return touch.item['nmae']", "return touch.item:nmae()",
        "local function words(item) return item.nmae end\nreturn words(touch.item) .. words(touch.items[2])",
        "local words = function(item) return item.nmae end\nreturn words(touch.item)",
        "local function all(touch) return touch.item.nmae end\nreturn all(touch)",
    ])
    func followed(body: String) {
        #expect(SourceCheckBench.sms(body).count == 1)
    }

    @Test("hooks are found in every form of module", arguments: [
        "local M = {}\nfunction M.sms(touch) return touch.nmae end\nreturn M",
        "local M = {}\nM.sms = function(touch) return touch.nmae end\nreturn M",
        "local M = { sms = function(touch) return touch.nmae end }\nreturn M",
        "local function sms(touch) return touch.nmae end\nreturn { sms = sms }",
        "return { ['sms'] = function(touch) return touch.nmae end }",
    ])
    func modules(text: String) {
        #expect(SourceCheckBench.findings(text).map(\.message) == ["touch has no field 'nmae'"])
    }

    @Test("what is not certain is taken to be right", arguments: [
        "touch = { nmae = 'x' }\nreturn touch.nmae",
        "local item = touch.item\nitem = { nmae = 'x' }\nreturn item.nmae",
        "local item = touch.item or {}\nreturn item.nmae",
        "local function f(item) return item.nmae end\nreturn f(touch.item) .. f({ nmae = 'x' })",
        "local function f(item) return item.nmae end\nlocal g = f\nreturn g(touch.item)",
        "local ok, words = pcall(function() return touch.nmae end)\nreturn ok and words",
        "local touch = { nmae = 'x' }\nreturn touch.nmae",
        "local key = 'na' .. 'me'\nreturn touch.item[key]",
        "for _, item in pairs(touch.items) do if item.nmae then return 'x' end end",
    ])
    func uncertain(body: String) {
        #expect(SourceCheckBench.sms(body) == [])
    }

    @Test("a field of a list is asked of one of its elements")
    func listField() {
        #expect(SourceCheckBench.sms("return touch.items.name") == ["touch.items is a list and has no field 'name'; use touch.items[1], ipairs or #"])
    }

    @Test("a row's columns are the export's, so that none is unknown")
    func rows() {
        let text = "return { repair_order = function(rows) return { ro_number = rows[1].Anything, closed_on = rows[1].Closed } end }"
        #expect(SourceCheckBench.findings(text, file: "mapping.lua") == [])
    }

    @Test("a record, a list or a flag joins no text")
    func joins() {
        #expect(SourceCheckBench.sms("return 'For ' .. touch.item") == ["touch.item is a record (item); join one of its fields, as touch.item.name"])
        #expect(SourceCheckBench.sms("return 'For ' .. touch.items").count == 1)
        #expect(SourceCheckBench.sms("return 'For ' .. touch.late").count == 1)
        #expect(SourceCheckBench.sms("return 'For ' .. touch.item.name .. touch.day") == [])
        #expect(SourceCheckBench.sms("return #touch > 2 and 'x' or nil") == ["touch is a record (touch); # is for texts and lists, as #touch.items"])
    }

    @Test("a comparison that is never true is told")
    func impossible() {
        let finding = SourceCheckBench.findings("return { sms = function(touch) if touch.kind == \"remainder\" then return 'x' end end }").first
        #expect(finding?.message == "touch.kind is never \"remainder\"; it is one of \"reminder\", \"condition\", \"final\", \"season\"; did you mean 'reminder'?")
        #expect(finding?.suggestion == "\"reminder\"")
        #expect(SourceCheckBench.sms("local k = touch.kind\nif 'day3' ~= k then return 'x' end").count == 1)
        #expect(SourceCheckBench.sms("if touch.day == '3' then return 'x' end") == ["touch.day is a number, and never the text \"3\"; write 3"])
        #expect(SourceCheckBench.sms("if touch.late == 'true' then return 'x' end").count == 1)
        #expect(SourceCheckBench.sms("if touch.repair_order.ro_number == 1042 then return 'x' end").count == 1)
        #expect(SourceCheckBench.sms("if touch.kind == 'final' or touch.day == 3 or touch.late == true or touch.first_name == 'Bo' then return 'x' end") == [])
    }
}
