import Lua
import Testing

@Suite struct BudgetTests {
    static let endless = [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() return 1 end) end",
        "local t = setmetatable({}, { __close = function() while true do end end }) do local x <close> = t end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "local function f() return f() end return f()",
        "return (function() for i = 1, math.huge do end end)()",
    ]

    @Test("a script that runs for ever is stopped and nothing of it runs after", arguments: endless)
    func fuel(body: String) throws {
        #expect(try Sandbox.limit(body)?.limit == .fuel)
    }

    @Test("a script that hoards memory is stopped")
    func memory() throws {
        #expect(try Sandbox.limit("local t = {} while true do pcall(function() t[#t+1] = ('x'):rep(100000) .. #t end) end")?.limit == .memory)
    }

    @Test("coroutines without end are stopped")
    func coroutines() throws {
        let limit = try Sandbox.limit("while true do local c = coroutine.create(function() end) coroutine.resume(c) end")
        #expect(limit?.limit == .memory)
    }

    @Test("one block that is too large stops the script")
    func block() throws {
        #expect(try Sandbox.limit("return ('x'):rep(5000000)")?.limit == .block)
    }

    @Test("short texts that came and went are memory, and no single block that is too large")
    func manyShortTexts() throws {
        var limits = Limits()
        limits.processorSeconds = 600
        let many = try Sandbox.result("local n = 0 for i = 1, 300000 do n = n + #('k' .. i) end return n", limits: limits)
        #expect(try many.value() == .int(1_988_895))
        let hoard = try Sandbox.result("local n = 0 while true do n = n + #('k' .. n) end", limits: limits)
        guard case .killed(let limit) = hoard.outcome else {
            Issue.record("\(hoard.outcome)")
            return
        }
        #expect(limit.limit == .memory)
    }

    @Test("a stopped script is named with the line that ran")
    func place() throws {
        let limit = try #require(try Sandbox.limit("local n = 0\nwhile true do n = n + 1 end"))
        #expect(limit.description.hasPrefix("main.lua:3: the script ran too long"))
    }

    @Test("the call after a kill is clean, twenty thousand times in a row")
    func manyKills() throws {
        let sandbox = try Sandbox(
            """
            local count = 0
            return {
              run = function() count = count + 1 return count end,
              spin = function()
                count = 99
                string.upper = nil
                coroutine.wrap(function()
                  pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) while true do end end)
                end)()
              end,
            }
            """, keys: ["run", "spin"])
        var limits = Limits()
        limits.fuel = 2_000
        for _ in 0..<20_000 {
            guard case .killed = sandbox.call("spin", limits: limits).outcome else {
                Issue.record("the kill was caught")
                return
            }
        }
        #expect(try sandbox.call().value() == .int(1))
        #expect(try sandbox.call().value() == .int(1))
    }

    @Test("the same call uses the same fuel each time")
    func deterministicFuel() throws {
        let sandbox = try Sandbox("return { run = function() local t = {} for i = 1, 5000 do t[i] = tostring(i) end return #t end }")
        let first = sandbox.call().fuelUsed
        for _ in 0..<20 { #expect(sandbox.call().fuelUsed == first) }
        #expect(first > 5_000)
    }

    @Test("bytecode and the dangerous globals are not there")
    func closedDoors() throws {
        #expect(try Sandbox.value("return load('\\27Lua') == nil") == .bool(true))
        for name in ["os", "io", "debug", "package", "dofile", "loadfile", "collectgarbage"] {
            #expect(try Sandbox.value("return rawget(_G, '\(name)') == nil") == .bool(true), "\(name)")
        }
        #expect(try Sandbox.error("setmetatable({}, { __gc = print })")?.message == "a metatable here can't have __gc")
    }
}
