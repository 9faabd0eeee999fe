import Lua
import Testing

@Suite struct PurityTests {
    @Test("pairs has one order whatever the history of a table")
    func pairsOrder() throws {
        let walk = "local s = '' for k in pairs(t) do s = s .. tostring(k) .. ' ' end return s"
        #expect(try Sandbox.value("local t = { c = 1, a = 1, [2] = 1, [1] = 1, [true] = 1, [0.5] = 1 } \(walk)") == .string("0.5 1 2 a c true "))
        #expect(try Sandbox.value("local t = { x = 1 } t.a = 1 t.x = nil t.c = 1 t.b = 1 \(walk)") == .string("a b c "))
        #expect(try Sandbox.value("local t = { b = 1, a = 2 } local k = next(t) return k .. next(t, k)") == .string("ab"))
    }

    @Test("random numbers follow from the seed")
    func random() throws {
        let body = "return math.random(1000000)"
        #expect(try Sandbox.value(body, seed: 7) == Sandbox.value(body, seed: 7))
        #expect(try Sandbox.value(body, seed: 7) != Sandbox.value(body, seed: 8))
    }

    @Test("nothing that a call does is seen by the next")
    func noMemory() throws {
        let sandbox = try Sandbox(
            """
            local n = 0
            return { run = function() n = n + 1 string.upper = function() return 'x' end rawset(_G, 'mark', 1) return n end,
                     look = function() return ('a'):upper() .. tostring(rawget(_G, 'mark')) .. n end }
            """, keys: ["run", "look"])
        #expect(try sandbox.call("run").value() == .int(1))
        #expect(try sandbox.call("look").value() == .string("Anil0"))
    }

    @Test("two images in one machine don't see one another")
    func twoImages() throws {
        let machine = try Machine()
        func image(_ mark: String) throws -> Image {
            let text = "local mine = '\(mark)' string.mark = string.mark or mine return { run = function() mine = mine .. '!' return mine .. string.mark end }"
            return try machine.makeImage(
                of: Program(sources: [ScriptSource(name: "main.lua", text: text)], entries: ["main"]), functions: [FunctionName("main", "run")])
        }
        let first = try image("a")
        let second = try image("b")
        for _ in 0..<3 {
            for (image, mark) in [(first, "a"), (second, "b")] {
                let result = machine.call(FunctionName("main", "run"), in: image, with: ValueEncoder(), root: .none)
                #expect(try result?.value() == .string("\(mark)!\(mark)"))
            }
        }
    }

    @Test("text shows no addresses")
    func noAddresses() throws {
        let text = "local t = {} return tostring(t) .. ' ' .. tostring(print) .. (' %s %s'):format({}, t)"
        #expect(try Sandbox.value(text) == .string("table: 0x00000001 function: 0x00000002 table: 0x00000003 table: 0x00000001"))
        #expect(try Sandbox.error("return ('%p'):format({})")?.message.contains("%p") == true)
    }
}
