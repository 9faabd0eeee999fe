import ScriptKit
import Testing

@Suite struct NameRulesTests {
    private func messages(_ text: String, file: String = "words.lua") -> [String] {
        SourceCheckBench.findings(text, file: file).map(\.message)
    }

    @Test("an assignment without local is told once, and its reads are not")
    func accidental() {
        #expect(messages("total = 1\ntotal = total + 1\nreturn total") == ["this makes 'total' a global by accident; write: local total"])
        #expect(messages("function words() end\nreturn words").count == 1)
    }

    @Test("an unknown name has a near local, a global or a module for it")
    func unknown() {
        #expect(messages("local touch = {}\nreturn tuoch, touch") == ["unknown name 'tuoch'; did you mean 'touch'?"])
        #expect(messages("return tostrin(1)") == ["unknown name 'tostrin'; did you mean 'tostring'?"])
        #expect(messages("return say.list {}") == ["unknown name 'say'; write above: local say = require \"say\""])
        #expect(messages("return os") == ["unknown name 'os'"])
    }

    @Test("a local out of its block is no near name")
    func outOfScope() {
        #expect(messages("do local tooth = 1; print(tooth) end\nreturn tuoth") == ["unknown name 'tuoth'"])
    }

    @Test("known names, locals and a script's own environment are right", arguments: [
        "return skip 'x'", "local x = 1\nreturn x", "local _ENV = { y = 1 }\nreturn y", "return _ENV.x", "local function f() return f end\nreturn f",
    ])
    func right(text: String) {
        #expect(messages(text) == [])
    }

    @Test("the words of tests are known in tests alone")
    func testWords() {
        let text = "describe('x', function() it('y', function() expect(1):equals(1) end) end)"
        #expect(messages(text, file: "tests/x_test.lua") == [])
        #expect(messages(text).count == 3)
    }

    @Test("a local that nobody reads is told")
    func unused() {
        #expect(messages("local say = require 'say'\nreturn {}") == ["'say' is never used"])
        #expect(messages("local x\nx = 1\nreturn {}") == ["'x' is set but never read"])
        #expect(messages("local a, b = 1, 2\nreturn b") == ["'a' is never used"])
        #expect(messages("local function f() end\nreturn {}") == ["'f' is never used"])
    }

    @Test("a local that stands for its place, or says that it is not used, is left alone", arguments: [
        "local _ = 1\nreturn {}", "local _unused = 1\nreturn {}", "local a, b = f()\nreturn b", "for i, v in ipairs {} do end\nreturn {}",
        "local x <close> = nil\nreturn {}", "return function(a, b) return b end",
    ])
    func leftAlone(text: String) {
        #expect(messages(text.replacing("f()", with: "print()")) == [])
    }
}
