import Lua
import Testing

@Suite struct ScriptErrorTests {
    private static func error(_ message: String, _ line: String) -> ScriptError {
        ScriptError("a.lua:1: \(message)", sources: [ScriptSource(name: "a.lua", text: line)])
    }

    @Test("the caret stands below the word that is meant", arguments: [
        ("item has no field 'mesurement'", "  return when .. item.mesurement", "mesurement"),
        ("attempt to concatenate a nil value (field 'name')", "return \"name\" .. touch.name -- name", "name"),
        ("attempt to index a nil value (local 'condition')", "return item.condition, condition.words", "condition"),
        ("attempt to call a nil value (method 'uper')", "return uper, name:uper()", "uper"),
        ("attempt to compare number with nil", "if a < b then", "<"),
        ("unexpected symbol near '“'", "return “Hi”", "“"),
        ("bad argument #2 to 'format' (number expected, got string)", "return (\"%d\"):rep(2), string.format(\"%d\", touch.name)", "touch.name"),
    ])
    func column(message: String, line: String, word: String) throws {
        let error = Self.error(message.replacing("“", with: "<\\226>"), line)
        let column = try #require(error.column)
        #expect(String(line.dropFirst(column - 1).prefix(error.length ?? 0)) == word)
    }

    @Test("there is no column where two places could be meant", arguments: [
        ("attempt to index a nil value (field 'item')", "return a.item.x .. b.item.y"),
        ("attempt to compare number with nil", "return a < b, c > d"),
        ("no idea", "error('no idea')"),
    ])
    func unsure(message: String, line: String) {
        #expect(Self.error(message, line).column == nil)
    }

    @Test("message and description have the problem, the place and the remedy")
    func parts() {
        let error = Self.error("item has no field 'nme'; did you mean 'name'?", "\treturn item.nme")
        #expect(error.problem == "item has no field 'nme'")
        #expect(error.remedy == "did you mean 'name'?")
        #expect(error.message == "item has no field 'nme'; did you mean 'name'?")
        #expect(error.description == "a.lua:1:14: item has no field 'nme'; did you mean 'name'?\n  1 │ return item.nme\n    │             ^^^")
    }

    @Test("a caret counts wide characters as two columns, and accents as none of their own")
    func widths() {
        #expect(Excerpt("「車」.nme", number: 9, column: 5, length: 3).caret == "  │        ^^^")
        #expect(Excerpt("e\u{301}e\u{301}.nme", number: 9, column: 4, length: 3).caret == "  │    ^^^")
    }

    @Test("a long line is cut around the caret")
    func long() throws {
        let text = String(repeating: "a", count: 300) + "!" + String(repeating: "b", count: 300)
        let excerpt = Excerpt(text, number: 7, column: 301, length: 1)
        #expect(excerpt.line.count == "7 │ ".count + Excerpt.charactersMost + 2)
        let caret = try #require(excerpt.caret)
        #expect(Array(excerpt.line)[caret.count - 1] == "!")
    }

    @Test("an error in the library is told at the script's line that called it")
    func library() throws {
        var words = ScriptSource(name: "words.lua", text: "local words = {}\nfunction words.up(text)\n  local t = text:upper()\n  return t\nend\nreturn words")
        words.isLibrary = true
        let main = ScriptSource(name: "main.lua", text: "local words = require \"words\"\nreturn { run = function(touch)\n  local t = words.up(nil)\n  return t\nend }")
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: [main, words], entries: ["main"]), functions: [FunctionName("main", "run")])
        var encoder = ValueEncoder()
        let root = encoder.string("x")
        guard case .failed(let error)? = machine.call(FunctionName("main", "run"), in: image, with: encoder, root: root)?.outcome else {
            Issue.record("expected an error")
            return
        }
        #expect(error.description.hasPrefix("main.lua:3:13: attempt to index a nil value (local 'text'), in words.lua:3; "), "\(error)")
    }
}
