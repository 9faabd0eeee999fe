import Foundation
import Lua
import Testing

/// Patterns are matched by code of our own, which pays for every step. What they mean is Lua's (manual §6.4.1).
@Suite struct PatternTests {
    @Test(
        "a pattern that would run for years is stopped by its fuel",
        arguments: [
            "050-find-optional-blowup", "051-match-star-blowup", "053-gmatch-blowup", "055-short-subject-blowup",
            "056-method-call-blowup", "058-balanced-quadratic", "060-plain-find-quadratic", "061-bracket-class-cost",
        ])
    func blowUp(_ name: String) throws {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/hostile/\(name)", withExtension: "lua"))
        let script = try String(contentsOf: file, encoding: .utf8)
        switch try Sandbox.result(script).outcome {
        case .killed: break
        case .returned, .failed: #expect(script.contains("also: "), "\(name) was not stopped")
        case .skipped, .quarantined: Issue.record("\(name) ended oddly")
        }
    }

    /// Each body gives what the stock library of Lua 5.4 gives.
    @Test(
        "patterns mean what Lua's manual says",
        arguments: [
            ("return ('hello world'):find('o w')", "5"), ("return ('hello'):find('l+')", "3"), ("return ('a.b'):find('.', 1, true)", "2"),
            ("return tostring(('abc'):find('b', -1))", "nil"), ("return ('abc'):find('', 10) == nil", "true"), ("return ('abc'):find('', 4)", "4"),
            ("return ('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key"), ("return ('  x '):match('^%s*(.-)%s*$') .. '|'", "x|"),
            ("return ('f(a(b)c)d'):match('%b()')", "(a(b)c)"), ("return ('THE (quick) fox'):find('%f[%a]%a+%f[%A]')", "1"),
            ("return ('abcabc'):match('(a)(b)(c)%1%2%3')", "a"), ("return ('[]]'):match('[]]+')", "]]"), ("return ('a-z'):match('[a%-]+')", "a-"),
            ("return ('x^y'):match('[%^x]+')", "x^"), ("return ('2026-03-06'):gsub('%d', 'n', 4)", "nnnn-03-06"),
            ("return (('abc'):gsub('%w', '%0%0'))", "aabbcc"), ("return (('abc'):gsub('', '-'))", "-a-b-c-"),
            ("return (('hello world'):gsub('o', { o = '0' }))", "hell0 w0rld"), ("return (('abc'):gsub('b', function() return false end))", "abc"),
            ("return (('abc def'):gsub('(%w+) (%w+)', '%2 %1'))", "def abc"), ("return (('abc'):gsub('^a', 'x'))", "xbc"),
            ("local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do t[#t + 1] = k .. v end return table.concat(t, ' ')", "a1 b2"),
            ("local t = {} for w in ('one two'):gmatch('%a*') do t[#t + 1] = '<' .. w .. '>' end return table.concat(t)", "<one><two>"),
            ("return ('abc'):match('()b()')", "2"), ("return ('ab'):rep(3, '-')", "ab-ab-ab"), ("return ('x'):rep(0) .. ('x'):rep(-1)", ""),
            ("return select(2, pcall(string.find, 'a', '[a'))", "malformed pattern (missing ']')"),
            ("return select(2, pcall(string.find, 'a', '%'))", "malformed pattern (ends with '%')"),
            ("return select(2, pcall(string.find, 'a', '(a'))", "unfinished capture"),
            ("return select(2, pcall(string.find, 'a', 'a)+'))", "invalid pattern capture"), ("return ('a'):find('a)')", "nil"),
            ("return select(2, pcall(string.gsub, 'a', 'a', '%2'))", "invalid capture index %2"),
            ("return select(2, pcall(string.gsub, 'a', 'a', '%x'))", "invalid use of '%' in replacement string"),
            ("return ('caf\\xC3\\xA9'):match('[\\xC3\\xA9]+') == '\\xC3\\xA9'", "true"), ("return ('a\\0b'):find('%z')", "2"), ("return ('a\\0b'):find('\\0')", "2"),
        ])
    func meaning(_ body: String, _ expected: String) throws {
        let function = "local function f() \(body) end local first = f() return tostring(first)"
        #expect(try Sandbox.value(function) == .string(expected))
    }

    @Test("every class has the characters that it has in the C locale")
    func classes() throws {
        // A number for each class, of the characters in it; taken from Lua's own library.
        let expected = """
            a788111532 A734921818 c441677665 C180163804 d890787833 D667020079 g630405333 G552365315 l273520194 L382495838 p14729310 P534719964 s296820693 S560231289 u877199428 U399494716 w960308025 W745828926 x892712504 \
            X474327235 z1 Z983563464 q114 %38 -46
            """
        let body = """
            local out = {}
            for k in ("aAcCdDgGlLpPsSuUwWxXzZq%-"):gmatch(".") do
              local n = 0
              for i = 0, 255 do
                if string.char(i):find("^%" .. k) then n = (n * 31 + i + 1) % 1000000007 end
              end
              out[#out + 1] = k .. n
            end
            return table.concat(out, " ")
            """
        #expect(try Sandbox.value(body) == .string(expected))
    }
}
