import ScriptKit
import Testing

@Suite struct HookRulesTests {
    private func messages(_ text: String, file: String = "message.lua") -> [String] {
        SourceCheckBench.findings(text, file: file).map(\.message)
    }

    @Test("a file that returns nothing is told what to return")
    func noReturn() {
        #expect(messages("local M = {}\nfunction M.sms(touch) return touch.kind end") == ["message.lua returns nothing; end it with: return M"])
        #expect(messages("local x = 1\nprint(x)", file: "rooftop.lua") == ["rooftop.lua returns nothing; end it with: return { … }"])
        #expect(messages("print(1)", file: "words.lua") == [])
        #expect(messages("if print then return {} end") == [])
    }

    @Test("a hook that there isn't is told, with the near one")
    func unknownHook() {
        #expect(messages("return { mail = function(touch) return nil end }") == ["message.lua has no hook 'mail'; did you mean 'email'?"])
        #expect(messages("return { text = function(touch) return 'x' end }") == ["message.lua has no hook 'text'; it has sms, email, call"])
        #expect(messages("local M = {}\nfunction M.chose(touch) return nil end\nreturn M", file: "channel.lua").count == 1)
    }

    @Test("what else a file returns for its tests or the host is right", arguments: [
        "return { sms = function(touch) return nil end, greeting = function(name) return name end }",
        "return { email = function(touch) return nil end, mail = function() return 1 end }", "return require 'wording'",
    ])
    func otherExports(text: String) {
        #expect(messages(text) == [])
    }

    @Test("a hook that never returns is told")
    func hookWithoutReturn() {
        #expect(messages("return { sms = function(touch) local _x = touch.kind end }") == ["message.sms returns nothing; it is to return a text"])
        #expect(messages("return { repair_order = function(rows) return end }", file: "mapping.lua").count == 1)
        #expect(messages("return { sms = function(touch) if touch.late then return skip 'late' end end }") == [])
    }

    @Test("a result of the wrong kind is told", arguments: [
        ("return { sms = function(touch) return { text = 'x' } end }", "message.sms returns a text, not a table"),
        ("return { email = function(touch) return 'x' .. touch.kind end }", "message.email returns a table with subject and text, not a text"),
        ("return { email = function(touch) return { text = 'x' } end }", "the email has no subject; add: subject = …"),
        ("return { email = function(touch) return { subjet = 'x', subject = 'x', text = 'y' } end }", "email has no field 'subjet'; did you mean 'subject'?"),
        ("return { call = function(touch) return true end }", "message.call returns a text, not true or false"),
    ])
    func wrongResult(text: String, message: String) {
        #expect(messages(text) == [message])
    }

    @Test("results that can't be seen through are right", arguments: [
        "return { sms = function(touch) return skip 'x' end }", "return { sms = function(touch) local f = function() return {} end\nreturn f() end }",
        "return { email = function(touch) local m = { text = 'x' }\nm.subject = 'y'\nreturn m end }", "return { email = function(touch) return nil end }",
        "return { call = function(touch) return 3 end }",
    ])
    func rightResult(text: String) {
        #expect(messages(text) == [])
    }

    @Test("a channel is one of three")
    func channel() {
        #expect(messages("return { choose = function(touch) return 'emial' end }", file: "channel.lua") == [
            "channel.choose returns one of \"sms\", \"email\", \"call\", not \"emial\"; did you mean 'email'?"
        ])
    }

    @Test("the fields of rooftop.lua and of a mapped order are known")
    func tables() {
        #expect(messages("return { name = 'x', zone = 'UTC', booking_link = 'x', hours = { opn = '10:00' } }", file: "rooftop.lua") == [
            "hours has no field 'opn'; did you mean 'open'?"
        ])
        let order = "return { feed = {}, repair_order = function(rows) return { ro_number = '1', custmer = {}, declined = { { severty = 'red', price_cents = '12' } } } end }"
        #expect(messages(order, file: "mapping.lua") == [
            "mapped_order has no field 'custmer'; did you mean 'customer'?", "mapped_item has no field 'severty'; did you mean 'severity'?",
            "mapped_item.price_cents is a whole number, not a text",
        ])
        #expect(messages("return { repair_order = function(rows) return { status = '', performed = { 'LOF', { op_code = 'ROT' } } } end }", file: "mapping.lua") == [])
    }
}
