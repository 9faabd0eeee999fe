import Testing

@testable import ScriptKit

@Suite struct MutantsTests {
    private func changes(_ text: String, file: String = "words.lua") -> [String] {
        Mutants.of(text: text, file: file).map { "\($0.description) → \($0.applied(to: text))" }
    }

    @Test("each operator, constant and field changes once", arguments: [
        ("return a == b", ["== becomes ~= → return a ~= b"]), ("return a and b", ["and becomes or → return a or b"]),
        ("return not a", ["not is removed → return a"]), ("return a < b", ["< becomes <= → return a <= b"]),
        ("return 3", ["3 becomes 4 → return 4"]), ("return 1.5", ["1.5 becomes (1.5 + 1) → return (1.5 + 1)"]),
        ("return 'sms'", ["'sms' becomes \"\" → return \"\""]), ("return \"\"", ["\"\" becomes \"x\" → return \"x\""]),
        ("return true", ["true becomes false → return false"]), ("return a // b", ["// becomes * → return a * b"]),
        ("local t = ...\nreturn t.kind", ["t.kind reads 'kind_x' → local t = ...\nreturn t.kind_x"]),
        ("return { a = b }", ["the key a becomes a_x → return { a_x = b }"]),
        ("return a .. 'b'", ["a .. is dropped → return 'b'", "'b' becomes \"\" → return a .. \"\""]),
        ("return a .. b .. c", ["a .. is dropped → return b .. c", "b .. is dropped → return a .. c", ".. c is dropped → return a .. b"]),
    ])
    func expressions(text: String, expected: [String]) {
        #expect(changes(text) == expected)
    }

    @Test("conditions are always true and always false, and an else branch is emptied")
    func branches() {
        #expect(changes("if a then b() else c() end") == [
            "the condition is always true → if true then b() else c() end", "the condition is always false → if false then b() else c() end",
            "the else branch is emptied → if a then b() else  end",
        ])
        #expect(changes("while a do b() end") == ["the condition is always false → while false do b() end"])
    }

    @Test("a function's return becomes nil and the file's does not")
    func returns() {
        #expect(changes("return function(a) return a end") == ["the return value becomes nil → return function(a) return nil end"])
        #expect(changes("return function() return nil end") == [])
    }

    @Test("modules, their functions, comments and tests are left alone")
    func leftAlone() {
        #expect(changes("local say = require 'say' -- 1 == 2\nreturn say.list(a)") == [])
        #expect(changes("return string.format(a)") == [])
        #expect(changes("return 1 == 2", file: "tests/message_test.lua") == [])
        #expect(changes("return 1 ==") == [])
    }

    @Test("two like changes are one")
    func distinct() {
        #expect(changes("if true then a() end") == ["true becomes false → if false then a() end"])
    }

    @Test("a long text has its first changes, and no more than there is time for")
    func limit() {
        let mutants = Mutants.of(text: "return 1 + 1 + 1", file: "x.lua", most: 2)
        #expect(mutants.map(\.column) == [8, 10])
    }

    @Test("every changed script is Lua, another than the script, and has its place", arguments: [
        "scripts/hillside/message.lua", "scripts/hillside/mapping.lua", "scripts/lakeside/message.lua", "stdlib/phone.lua",
    ])
    func scripts(path: String) throws {
        let text = try LuaFiles.text(path)
        let mutants = Mutants.of(text: text, file: "x.lua")
        #expect(mutants.count > 8)
        let texts = Set(mutants.map { $0.applied(to: text) })
        #expect(texts.count == mutants.count && !texts.contains(text))
        for mutant in mutants {
            _ = try LuaParser.tree(of: mutant.applied(to: text))
            let place = LuaSource(text).place(at: mutant.range.lowerBound)
            #expect(place == LuaPlace(line: mutant.line, column: mutant.column))
        }
    }
}
