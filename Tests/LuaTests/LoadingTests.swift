@testable import Lua
import Testing

@Suite struct LoadingTests {
    @Test("a module is loaded once and required by name")
    func require() throws {
        let other = ScriptSource(name: "dates.lua", text: "return { n = 4 }")
        let sandbox = try Sandbox("local d = require 'dates' return { run = function() return d.n + require('dates').n end }", others: [other])
        #expect(try sandbox.call().value() == .int(8))
    }

    @Test("an unknown module is refused with a suggestion")
    func unknownModule() throws {
        let other = ScriptSource(name: "dates.lua", text: "return {}")
        #expect {
            try Sandbox("local d = require 'date'", others: [other])
        } throws: { "\($0)".contains("there is no module 'date' to require; did you mean 'dates'?") }
    }

    @Test("modules that require each other are refused")
    func cycle() throws {
        let other = ScriptSource(name: "a.lua", text: "require 'main' return {}")
        #expect { try Sandbox("require 'a' return {}", others: [other]) } throws: { "\($0)".contains("requires itself") }
    }

    @Test("a name that no one declared is an error to read and to assign")
    func strictGlobals() throws {
        #expect(try Sandbox.error("return tuch")?.message == "unknown name 'tuch'; is it misspelt, or a text that lacks its quotes?" )
        #expect(try Sandbox.error("return tostrin(1)")?.message == "unknown name 'tostrin'; did you mean 'tostring'?")
        #expect(try Sandbox.error("count = 1")?.message == "'count' is not declared; write: local count = …")
    }

    @Test("a syntax error names its line and says what to write")
    func syntax() throws {
        #expect { try Sandbox("return {\n  run = function(t) if t != 1 then end end\n}") } throws: {
            guard let error = $0 as? ScriptError else { return false }
            return error.line == 2 && error.message.contains("~=") && error.excerpt?.contains("!=") == true
        }
        #expect { try Sandbox("return {") } throws: { ($0 as? ScriptError)?.isIncompleteInput == true }
    }

    @Test("a text runs in an image and leaves no trace")
    func run() throws {
        let sandbox = try Sandbox("return { run = function() return 1 end }", strict: false)
        let chunk = ScriptSource(name: "chunk.lua", text: "x = (x or 0) + 1 return x, 'a'")
        for _ in 0..<2 {
            #expect(try sandbox.machine.run(chunk, in: sandbox.image).value() == .list([.int(1), .string("a")]))
        }
    }

    @Test("a file's data is read as plain values")
    func data() throws {
        let machine = try Machine()
        let program = Program(sources: [ScriptSource(name: "rooftop.lua", text: "return { hours = { open = '10:00' } }")], entries: ["rooftop"])
        let name = FunctionName("rooftop", "hours")
        let image = try machine.makeImage(of: program, functions: [name])
        #expect(try machine.value(name, in: image)?["open"] == .string("10:00"))
    }

    @Test("a NUL in a source is data in a string and an error elsewhere, and nothing is read past it")
    func nul() throws {
        let tail = String(repeating: "x", count: 20_000)
        let sandbox = try Sandbox("local s = 'a\0\(tail)' return { run = function() return #s end }")
        #expect(try sandbox.call().value() == .int(20_002))
        #expect(throws: ScriptError.self) { try Sandbox("return {} \0 \(tail)") }
    }

    @Test("programs that share a base load it once, and none sees what another did to it")
    func base() throws {
        let machine = try Machine()
        let shared = (0..<3).map { number in
            ScriptSource(name: "shared\(number).lua", text: "local function f(a, b, c) return { a, b, c, 'text \(number)' } end return { mark = 'clean', f = f, g = function(x) return f(x, 2, 3)[4] end }")
        }
        let base = Program.Base(sources: shared, entries: ["shared0", "shared1"])
        let images = try (0..<20).map { number in
            let main = ScriptSource(
                name: "main.lua",
                text: """
                    local shared, late = require "shared0", require "shared2"
                    local was = shared.mark
                    shared.mark = "\(number)"
                    local words = { \((0..<number * 10).map { "'word \($0)'" }.joined(separator: ", ")) }
                    return { run = function() return was .. shared.mark .. shared.g(1) .. late.g(2) .. #words .. require("shared1").mark end }
                    """)
            return try machine.makeImage(
                of: Program(sources: [main] + shared, entries: ["main"], base: base), functions: [FunctionName("main", "run")])
        }
        for _ in 0..<3 {
            for (number, image) in images.enumerated() {
                let result = machine.call(FunctionName("main", "run"), in: image, with: ValueEncoder(), root: .none)
                #expect(try result?.value() == .string("clean\(number)text 0text 2\(number * 10)clean"))
                #expect(image.returns())
            }
        }
    }
}
