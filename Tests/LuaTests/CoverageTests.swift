import Testing

@testable import Lua

@Suite struct CoverageTests {
    private static let text = """
        local M = {}

        function M.kind(touch)
          if touch > 3 then
            return "late"
          else
            local word = "early"
            return word
          end
        end

        function M.never()
          local inner = function(...)
            return ...
          end
          return inner
        end
        return M
        """

    @Test("lines with code are those of every function, called or not, without the returns that Lua adds")
    func executable() throws {
        let machine = try Machine()
        let source = ScriptSource(name: "m.lua", text: Self.text)
        let image = try machine.makeImage(of: Program(sources: [source], entries: []))
        let lines = try machine.executableLines(of: source, in: image)
        // A function is made at its last line.
        #expect(lines == [1, 3, 4, 5, 7, 8, 10, 12, 14, 15, 16, 17, 18])
    }

    @Test("the lines that ran are noted, in files and in coroutines")
    func covered() throws {
        let machine = try Machine()
        machine.coverLines()
        let source = ScriptSource(name: "m.lua", text: Self.text)
        let image = try machine.makeImage(of: Program(sources: [source], entries: ["m"]))
        let run = ScriptSource(name: "run.lua", text: "local m = require 'm'\nreturn coroutine.wrap(function() return m.kind(4) end)()")
        #expect(try machine.run(run, in: image).value() == .list([.string("late")]))
        let lines = machine.coveredLines(of: "m.lua")
        #expect(lines.isSuperset(of: [1, 4, 5, 18]))
        #expect(lines.isDisjoint(with: [7, 8, 13, 14, 16]))
        #expect(machine.coveredLines(of: "run.lua") == [1, 2])
    }

    @Test("a function of many lines and constants is read to its end")
    func longFunction() throws {
        let machine = try Machine()
        let body = (1...600).map { "  x = x + \($0) + 0.5 .. \"text \($0)\"" }.joined(separator: "\n\n\n")
        let source = ScriptSource(name: "long.lua", text: "local x = 1\nlocal function f()\n\(body)\nend\nreturn f")
        let image = try machine.makeImage(of: Program(sources: [source], entries: []))
        let lines = try machine.executableLines(of: source, in: image)
        #expect(lines.count == 600 + 3)
        #expect(lines.last == 1802)
    }

    @Test("what a prompt's lines do stays, and a line that fails leaves no trace")
    func prompt() throws {
        let machine = try Machine()
        let names = ScriptSource(name: "names.lua", text: "return { here = setmetatable({}, { __index = _G }) }")
        let here = FunctionName("names", "here")
        var image = try machine.makeImage(of: Program(sources: [names], entries: ["names"]), functions: [here])
        func run(_ text: String) throws -> Value {
            let (result, next) = machine.run(ScriptSource(name: "prompt", text: text), on: image, environment: here)
            if let next { image = next }
            return try result.value()
        }
        #expect(try run("x = { 1 } return 1") == .list([.int(1)]))
        #expect(try run("x[2] = 5 f = function() return #x end return f()") == .list([.int(2)]))
        #expect(throws: ScriptError.self) { try run("x[3] = 7 error 'no'") }
        #expect(throws: LimitExceeded.self) { try run("x[3] = 7 while true do end") }
        #expect(try run("return #x, f(), string.rep('a', 2)") == .list([.int(2), .int(2), .string("aa")]))
    }
}
