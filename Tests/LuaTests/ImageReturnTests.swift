import Foundation
@testable import Lua
import Testing

/// A call copies back what it may have written, and not the image's code and short text. These tests compare all bytes.
@Suite struct ImageReturnTests {
    /// An image with something of each kind that a call could change.
    private static let program = """
        local count, text = 0, "seed"
        local cache = { 1, 2, 3, name = "cache" }
        local large = {}
        for i = 1, 64 do large[i] = i end
        local long = ("long "):rep(20)
        local class = setmetatable({ size = 1 }, { __index = function(_, key) return key end })
        local counter = (function() local n = 0 return function() n = n + 1 return n end end)()
        local generator = coroutine.create(function() local i = 0 while true do i = i + 1 coroutine.yield(i) end end)
        shared = { list = {}, depth = 0 }

        local function state()
          local keys = {}
          for key in pairs(string) do keys[#keys + 1] = key end
          for key in pairs(_G) do keys[#keys + 1] = key end
          return table.concat({ count, text, #cache, #large, cache.name, tostring(cache[long]), class.size, class.other,
            counter(), select(2, coroutine.resume(generator)), #shared.list, shared.depth, ("x"):upper(), table.concat(keys, " "),
            tostring(rawget(_G, "mark")), math.random(1000000), getmetatable(class).__index(1, "k") }, "|")
        end
        local hands = { cache = cache, large = large, long = long, class = class, counter = counter, generator = generator,
          set = function(c, t) count, text = c, t end, state = state }
        return {
          state = state,
          run = function(touch)
            local chunk, wrong = load(touch.kind, "=script", "t", setmetatable({ h = hands }, { __index = _G, __newindex = _G }))
            if not chunk then error(wrong, 0) end
            return chunk()
          end,
        }
        """

    private struct Subject {
        let sandbox: Sandbox
        let pristine: Value

        init(seed: UInt64 = 5) throws {
            let others = [ScriptSource(name: "spare.lua", text: "local t = {} for i = 1, 50 do t[i] = 'spare' .. i end return t")]
            sandbox = try Sandbox(ImageReturnTests.program, others: others, strict: false, keys: ["run", "state"])
            pristine = try sandbox.call("state", seed: seed).value()
            #expect(sandbox.image.returns())
        }

        func run(_ script: String, limits: Limits = Limits()) -> CallResult {
            var encoder = ValueEncoder()
            let root = encoder.record(type: 0, [encoder.string(script)])
            guard let result = sandbox.machine.call(FunctionName("main", "run"), in: sandbox.image, with: encoder, root: root, limits: limits)
            else { preconditionFailure("main.lua has run") }
            return result
        }

        /// The arena is the image to the byte, and the next call finds all as it was.
        func expectNoTrace(_ script: String) throws {
            #expect(sandbox.image.returns(), "the image differs after: \(script)")
            #expect(try sandbox.call("state", seed: 5).value() == pristine, "the next call sees: \(script)")
        }
    }

    /// What a call could leave behind, a piece at a time; `n` is some number.
    private static let deeds = [
        "h.set(n, 'text' .. n)", "h.counter() h.counter()", "coroutine.resume(h.generator)",
        "for i = 1, n do h.cache['key' .. i] = i end", "for k in pairs(h.cache) do h.cache[k] = nil end",
        "for i = 1, n do h.large[#h.large + 1] = i end", "h.cache[h.long] = n", "h.cache[h.long .. n] = h.long",
        "local t = {} for i = 1, n do t[i] = 'fresh string ' .. i end", "local t = {} for i = 1, n * 20 do t['s' .. i] = true end",
        "setmetatable(h.cache, { __index = function() return n end })", "getmetatable(h.class).__index = function() return 'changed' end",
        "getmetatable(h.class).__newindex = nil h.class.other = n", "setmetatable(h.class, nil)",
        "string.upper = function() return 'changed' end", "string['f' .. n] = print", "string = nil", "mark = n",
        "rawset(_G, 'global' .. n, n)", "for i = 1, n do rawset(_G, 'global' .. i, i) end", "_G.pairs = nil", "_ENV.tostring = print",
        "shared.depth = n shared.list[#shared.list + 1] = {}", "require 'spare'", "pcall(require, 'missing' .. n)", "math.random(n)",
        "local f = load('local a = ... return function() a = a + ' .. n .. ' return a end') f(1)()",
        "load('return [[literal' .. n .. ']], ' .. n .. '.5, { x = 1 }')()", "pcall(error, { n })", "pcall(error, 'text' .. n)",
        "local function f(i) if i > 0 then return 1 + f(i - 1) end return 0 end f(n)", "coroutine.wrap(function() coroutine.yield(n) end)()",
        "local co = coroutine.create(function() error('in ' .. n) end) coroutine.resume(co)",
        "for w in ('a b c' .. n):gmatch('%a') do shared[w] = w end", "('x'):rep(n):gsub('x', 'y' .. n)", "print('printed', n)",
        "table.sort(h.large, function(a, b) return a > b end)", "table.remove(h.large)", "table.move(h.large, 1, 20, n)",
        "local x <close> = setmetatable({}, { __close = function() h.set(n, 'closed') end })", "tostring(setmetatable({}, { __tostring = function() return 'n' end }))",
        "xpcall(function() error('wrong') end, function(m) h.set(n, m) return m end)", "string.format('%5d %s %q', n, h.long, 'q' .. n)",
        "return { h.cache, n, 'result' .. n }", "return skip('reason' .. n)", "error('raised ' .. n)", "local t = setmetatable({}, { __mode = 'k' }) t[{}] = n",
        "while true do end", "local t = {} while true do t[#t + 1] = ('memory'):rep(100) .. #t end",
    ]

    @Test("each thing that a call can change is undone before the next", arguments: deeds.indices)
    func deed(_ place: Int) throws {
        let subject = try Subject()
        for number in [1, 7, 300] {
            let script = "local n = \(number) " + Self.deeds[place]
            _ = subject.run(script, limits: .short)
            try subject.expectNoTrace(script)
        }
    }

    @Test("random scripts leave every byte of the image as it was", arguments: 1...8)
    func randomScripts(_ seed: UInt64) throws {
        let subject = try Subject()
        var random = SplitMix64(state: seed)
        for _ in 0..<60 {
            let script = (0..<Int.random(in: 1...10, using: &random)).map { _ in
                let deed = Self.deeds.randomElement(using: &random) ?? ""
                return "pcall(function() local n = \(Int.random(in: 1...400, using: &random)) \(deed) end)"
            }.joined(separator: "\n")
            var limits = Limits.short
            if Bool.random(using: &random) { limits.fuel = .random(in: 1...60_000, using: &random) }
            if Bool.random(using: &random) { limits.memoryBytes = .random(in: 100_000...2_000_000, using: &random) }
            _ = subject.run(script, limits: limits)
            try subject.expectNoTrace(script)
        }
    }

    @Test("a call that makes more strings than the image's table of them holds leaves none of them chained")
    func manyStrings() throws {
        let subject = try Subject()
        let script = "local t = {} for i = 1, 20000 do t[i] = 'unique ' .. i end return t[20000]"
        #expect(try subject.run(script).value() == .string("unique 20000"))
        try subject.expectNoTrace(script)
    }

    @Test("most of an image of much code is not copied")
    func copiesLittle() throws {
        let code = (1...200).map { "local function f\($0 % 100)(a, b) return a .. 'constant \($0)' .. b, a + b * \($0) end" }
        let sandbox = try Sandbox("do \(code.joined(separator: " end do ")) end return { run = function() end }")
        #expect(sandbox.image.copiedByteCount * 2 < sandbox.image.byteCount)
    }

    @Test("an image extended or run in comes back whole, and so does the one before it")
    func extended() throws {
        let subject = try Subject()
        let sandbox = subject.sandbox
        let rows = RecordType(name: "row", fields: ["a", "b"], isRow: true)
        let larger = try sandbox.machine.makeImage(extending: sandbox.image, with: [rows], functions: [FunctionName("main", "state")])
        for _ in 0..<3 {
            _ = sandbox.machine.run(ScriptSource(name: "prompt", text: "x = 'typed' string.lower = nil return x"), in: larger)
            #expect(larger.returns())
            #expect(sandbox.machine.call(FunctionName("main", "state"), in: larger, with: ValueEncoder(), root: .none, seed: 5)?.outcome == .returned(subject.pristine))
            try subject.expectNoTrace("another image")
        }
    }

    /// Scripts that attack the sandbox; where each comes to grief is for other tests to say.
    private static let hostile: [String] = {
        guard let folder = Bundle.module.url(forResource: "Fixtures/hostile", withExtension: nil),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { preconditionFailure("the hostile scripts are resources of this target") }
        return names.filter { $0.hasSuffix(".lua") }.sorted()
    }()

    @Test("no hostile script leaves a trace")
    func hostileScripts() throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures/hostile", withExtension: nil))
        let subject = try Subject()
        for name in Self.hostile {
            let script = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            _ = subject.run(script, limits: .short)
            try subject.expectNoTrace(name)
        }
        #expect(Self.hostile.count > 100)
    }
}

extension Limits {
    /// Enough to do harm, soon over.
    fileprivate static let short: Limits = {
        var limits = Limits()
        limits.fuel = 300_000
        limits.memoryBytes = 8 << 20
        return limits
    }()
}

/// A small generator whose numbers follow from its seed.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
