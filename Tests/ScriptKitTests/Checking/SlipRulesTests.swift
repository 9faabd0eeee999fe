import ScriptKit
import Testing

@Suite struct SlipRulesTests {
    @Test("a module that there isn't is told")
    func modules() {
        let finding = SourceCheckBench.findings("local dates = require 'dats'\nreturn dates", file: "words.lua").first
        #expect(finding?.message == "there is no module 'dats' to require; did you mean 'dates'?")
        #expect(finding?.suggestion == "\"dates\"" && finding?.column == 23)
        #expect(SourceCheckBench.findings("local name = 'x'\nreturn require(name)", file: "words.lua") == [])
    }

    @Test("a lonely text behind or is always true")
    func alternatives() {
        #expect(SourceCheckBench.sms("if touch.kind == 'final' or 'season' then return 'x' end") == [
            "this is always true, since 'season' alone is; write touch.kind == 'season'"
        ])
        #expect(SourceCheckBench.sms("if touch.first_name == '' or nil then return 'x' end") == ["'or nil' asks nothing; write touch.first_name == nil"])
        #expect(SourceCheckBench.sms("if touch.late and (touch.kind == 'final' or 'season') then return 'x' end").count == 1)
        #expect(SourceCheckBench.sms("if touch.kind == 'final' or 'season' or 'reminder' then return 'x' end").count == 2)
    }

    @Test("a text that an or gives as a value is right", arguments: [
        "return touch.kind == 'final' and 'last' or 'first'", "local late = touch.late and 'late' or nil\nreturn late",
        "if touch.kind == 'final' or touch.kind == 'season' then return 'x' end", "if (touch.first_name or 'there') == 'there' then return 'x' end",
    ])
    func values(body: String) {
        #expect(SourceCheckBench.sms(body) == [])
    }

    @Test("not before a comparison negates only its left")
    func negation() {
        #expect(SourceCheckBench.sms("if not touch.kind == 'final' then return 'x' end") == [
            "'not' belongs to touch.kind alone, so that this is always false; write touch.kind ~= 'final'"
        ])
        #expect(SourceCheckBench.sms("if not (touch.kind == 'final') then return 'x' end") == [])
        #expect(SourceCheckBench.sms("local a = touch.late\nif not a == not touch.first_on_channel then return 'x' end") == [])
    }

    @Test("a character that makes a text message unicode is told with a plain one")
    func alphabet() throws {
        let finding = try #require(SourceCheckBench.findings("return { sms = function(touch) return \"It’s time\" end }").first)
        #expect(finding.message == "’ makes this text unicode: 70 characters a segment instead of 160; write '")
        #expect(finding.column == 42 && finding.length == 1 && finding.suggestion == "'" && finding.severity == .warning)
        #expect(SourceCheckBench.sms("return 'ż and 😀'").count == 2)
    }

    @Test("the letters of GSM, e-mails, compared texts and texts that are folded are right", arguments: [
        "return { sms = function(touch) return 'é à ü £ € [x]' end }", "return { call = function(touch) return 'It’s time' end }",
        "return { sms = function(touch) if touch.item.name == '’' then return skip 'it’s odd' end end }",
        "local gsm = require 'gsm'\nreturn { sms = function(touch) return (gsm.fold 'It’s time') end }",
        "return { sms = function(touch) return touch.item.name:gsub('’', \"'\") end }",
    ])
    func plain(text: String) {
        #expect(SourceCheckBench.findings(text) == [])
    }
}
