/// Makes Lua programs from a grammar: mostly right, sometimes wrong, some of them hostile. The same seed gives the same program.
public struct ProgramGenerator {
    private var random: SplitMix64
    private var depth = 0
    private var loops = 0
    private var labels = 0

    public init(seed: UInt64) {
        random = SplitMix64(state: seed)
    }

    public mutating func program() -> String {
        var lines = ["local _, a = pcall(function(...) return \(expression()) end) local b, c, d = \(table()), \(string()), \(function())"]
        if chance(10) { lines.append(pick(Self.attacks)) }
        for _ in 0..<(2 + below(8)) { lines.append(chance(85) ? "pcall(function(...) \(statement()) end, \(atom()))" : statement()) }
        if chance(25) { lines.append(pick(Self.attacks)) }
        lines.append("return " + (0..<(1 + below(4))).map { _ in chance(85) ? "select(2, pcall(function(...) return \(result()) end))" : result() }.joined(separator: ", "))
        return lines.joined(separator: ";\n")
    }

    // MARK: - Statements

    private mutating func statement() -> String {
        depth += 1
        defer { depth -= 1 }
        guard depth < 5 else { return "\(name()) = \(expression())" }
        switch below(24) {
        case 0: return "local \(name()) = \(expression())"
        case 1: return "local \(name()), K <const> = \(call()), \(expression())"
        case 2: return "do local X <close> = \(closable()) \(block()) end"
        case 3, 4: return "\(place()) = \(expression())"
        case 5: return "\(name()), \(name()) = \(expression()), \(call())"
        case 6: return "if \(expression()) then \(block()) elseif \(expression()) then \(block()) else \(block()) end"
        case 7: return loop("for i = \(number()), \(number()), \(small()) do", "end")
        case 8: return loop("for i = 1, \(1 + below(30)) do", "end")
        case 9: return loop("for k, v in \(pick(["pairs", "ipairs", "next,"])) (\(chance(80) ? table() : name())) do", "a = k b = v end")
        case 10: return "local n = 0 while n < \(below(20)) and \(expression()) do n = n + 1 \(block()) end"
        case 11: return "local n = 0 repeat n = n + 1 \(block()) until n > \(below(9)) or \(expression())"
        case 12:
            labels += 1
            return "do local n = 0 ::l\(labels):: n = n + 1 \(block()) if n < \(below(6)) then goto l\(labels) end end"
        case 13: return "local function \(name())(...) \(block()) return ... end"
        case 14: return "a = \(coroutine())"
        case 15: return "b = { pcall(\(function()), \(arguments())) }"
        case 16: return "c = { xpcall(\(function()), \(function()), \(arguments())) }"
        case 17: return "pcall(error, \(expression()), \(small()))"
        case 18: return "setmetatable(\(chance(60) ? table() : name()), \(metatable()))"
        case 19: return "d = load(\(chance(70) ? "'return ' .. \(string())" : function()), \(string()), \(pick(["'t'", "nil", "'bt'", "'b'"])), \(pick(["_ENV", "{}", "nil"])))"
        case 20: return "for k, v in \(iterator()) do a = v break end"
        case 21: return "print(\(arguments()))"
        default: return call()
        }
    }

    private mutating func block() -> String { (0..<(1 + below(2))).map { _ in statement() }.joined(separator: "; ") }

    private mutating func loop(_ head: String, _ tail: String) -> String { "\(head) \(block()) \(chance(15) ? "if \(expression()) then break end" : "") \(tail)" }

    // MARK: - Expressions

    private mutating func expression() -> String {
        depth += 1
        defer { depth -= 1 }
        guard depth < 7 else { return atom() }
        switch below(16) {
        case 0...4: return atom()
        case 5...7: return "(\(expression()) \(pick(Self.operators)) \(expression()))"
        case 8: return "(\(pick(["-", "not", "#", "~"])) \(expression()))"
        case 9: return table()
        case 10: return function()
        case 11: return "\(name())[\(expression())]"
        case 12: return "setmetatable(\(table()), \(metatable()))"
        case 13: return "(\(name()) or \(atom()))"
        default: return call()
        }
    }

    private mutating func atom() -> String {
        switch below(6) {
        case 0, 1: number()
        case 2: string()
        case 3: pick(["nil", "true", "false", "...", "{}", "_G", "string", "math"])
        default: name()
        }
    }

    private mutating func result() -> String {
        switch below(5) {
        case 0: "type(\(name()))"
        case 1: "tostring(\(expression()))"
        case 2: "select('#', \(arguments()))"
        case 3: "pcall(\(function()))"
        default: chance(70) ? atom() : expression()
        }
    }

    private mutating func function() -> String {
        if chance(25) { return pick(Self.functions) }
        return "function(\(pick(["...", "a, ...", "a, b, ...", "x, ..."]))) \(depth < 4 ? block() : "") return \(expression()) end"
    }

    private mutating func table() -> String {
        let fields = (0..<below(6)).map { _ in
            switch below(4) {
            case 0: "[\(atom()) or 1] = \(atom())"
            case 1: "\(pick(["x", "y", "name", "n", "k\(below(50))"])) = \(atom())"
            default: atom()
            }
        }
        return "{\(fields.joined(separator: ", "))}"
    }

    private mutating func metatable() -> String {
        let fields = (0..<(1 + below(3))).map { _ in "\(pick(Self.metamethods)) = \(chance(80) ? function() : expression())" }
        return "{\(fields.joined(separator: ", "))}"
    }

    private mutating func closable() -> String { chance(80) ? "setmetatable({}, {__close = \(function())})" : expression() }

    private mutating func coroutine() -> String {
        let body = "function(...) \(depth < 4 ? block() : "") local r = coroutine.yield(\(arguments())) return r, \(expression()) end"
        switch below(4) {
        case 0: return "{ pcall(coroutine.wrap(\(body)), \(arguments())) }"
        case 1: return "(function() local co = coroutine.create(\(body)) return { coroutine.resume(co, \(arguments())) }, { coroutine.close(co) }, coroutine.status(co) end)()"
        case 2: return "(function() local co = coroutine.wrap(\(body)) local t = {} for i = 1, 3 do t[i] = { pcall(co, i) } end return t end)()"
        default: return "{ coroutine.resume(coroutine.create(\(body))) }"
        }
    }

    private mutating func iterator() -> String {
        pick([
            "string.gmatch(\(string()), \(pattern()))", "utf8.codes(\(string()))", "pairs(\(table()))", "ipairs(\(expression()))", "coroutine.wrap(\(function()))",
            "pairs(setmetatable({}, { __pairs = \(function()) }))",
        ])
    }

    private mutating func call() -> String {
        switch below(10) {
        case 0: return "string.\(pick(["find", "match", "gmatch"]))(\(string()), \(pattern()), \(small()))"
        case 1: return "string.gsub(\(string()), \(pattern()), \(pick([string(), function(), table()])))"
        case 2: return "string.format(\(quoted("%" + pick(["d", "5.1f", "s", "q", "x", "-9s", "c", "g", "i", "a", "p", "10.3s"]))), \(arguments()))"
        case 3: return "table.\(pick(["insert", "remove", "concat", "unpack", "sort", "move", "pack"]))(\(chance(70) ? table() : name()), \(arguments()))"
        case 4: return "\(name())(\(arguments()))"
        case 5: return "(\(string())):\(pick(["rep", "sub", "byte", "upper", "len", "reverse"]))(\(small()), \(small()))"
        default: return "\(pick(Self.functions))(\(arguments()))"
        }
    }

    private mutating func arguments() -> String { (0..<(1 + below(3))).map { _ in expression() }.joined(separator: ", ") }

    private mutating func place() -> String { chance(50) ? name() : "\(name())[\(atom()) or 1]" }

    private mutating func name() -> String { pick(["a", "b", "c", "d", "a", "b", "x", "self", "string", "mark"]) }

    private mutating func small() -> String { String(below(12) - 4) }

    private mutating func number() -> String {
        pick(["0", "1", "-1", "2", "3", "7", "0.5", "-0.0", "1e3", "1e15", "1e308", "math.huge", "-math.huge", "0/0", "math.maxinteger", "math.mininteger", "0x7f", "2^53", "100", "65536"])
    }

    private mutating func string() -> String {
        switch below(5) {
        case 0: return quoted(pick(["", "a", "abc", "10", "0x10", " 7 ", "hello world", "é", "1e2", "key=value", "a,b,,c"]))
        case 1: return "'\\0\\xff\\u{10FFFF}\(below(100))'"
        case 2: return "('\(pick(["a", "ab", "x1 "]))'):rep(\(below(60)))"
        case 3: return "tostring(\(atom()))"
        default: return "(\(quoted("s")) .. \(number()))"
        }
    }

    private mutating func pattern() -> String {
        let items = (0..<(1 + below(4))).map { _ in
            pick(["a", ".", "%a", "%d", "%s*", "[a-c]", "[^,]", "(%w+)", "()", "%1", "%b()", "%f[%w]", "$", "^", "(", "%", "[", ".-", ".*", "a?", "x+"])
        }
        return quoted(items.joined())
    }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }

    // MARK: - Chance

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    private mutating func pick(_ list: [String]) -> String { list[below(list.count)] }

    private static let operators = ["+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "&", "|", "~", "<<", ">>"]
    private static let metamethods = [
        "__index", "__newindex", "__len", "__lt", "__le", "__eq", "__concat", "__call", "__pairs", "__close", "__tostring", "__mode", "__gc", "__metatable", "__name", "__add", "__unm",
    ]
    private static let functions = [
        "print", "type", "tostring", "tonumber", "next", "pairs", "ipairs", "select", "rawget", "rawset", "rawequal", "rawlen", "getmetatable", "setmetatable", "pcall", "xpcall", "error",
        "assert", "load", "require", "skip", "quarantine", "math.random", "math.randomseed", "math.floor", "math.max", "math.tointeger", "math.type", "math.fmod", "string.byte", "string.char",
        "string.rep", "string.pack", "string.unpack", "string.packsize", "string.format", "string.find", "string.gsub", "utf8.char", "utf8.len", "utf8.codepoint", "utf8.offset", "table.concat",
        "table.sort", "table.unpack", "table.move", "table.insert", "table.remove", "coroutine.wrap", "coroutine.create", "coroutine.resume", "coroutine.yield", "coroutine.close",
        "coroutine.running", "coroutine.status", "coroutine.isyieldable",
    ]
    /// What scripts do to hang, exhaust, poison or leave the sandbox.
    private static let attacks = [
        "while true do end", "local function f() return f() end f()", "local function f() return 1 + f() end pcall(f)", "string.rep('x', 1e9)", "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local s = 'x' while true do s = s .. s end", "repeat pcall(function() while true do end end) until false", "string.find(('a'):rep(50), ('a?'):rep(50) .. ('a'):rep(50))",
        "local t = setmetatable({}, { __len = function() return 1e15 end }) table.sort(t)", "coroutine.wrap(function() while true do end end)()",
        "local x <close> = setmetatable({}, { __close = function() while true do end end })", "string.format = nil", "_G.mark = 1 string.mark = 1 math.mark = 1",
        "setmetatable(_G, { __index = function() return 1 end, __newindex = function() end })", "getmetatable('').__index = {}", "pcall(require, 'os')", "for k in pairs(_G) do _G[k] = nil end",
        "setmetatable({}, { __gc = function() end })", "pcall(load, '\\27Lua')", "local t = {} for i = 1, 200 do t = { t } end", "math.randomseed(1) a = math.random(100)",
        "local t = {} for i = 1, 300 do t[{}] = i end for k, v in pairs(t) do t[k] = nil a = v end", "local t = {} for i = 1, 300 do t['k' .. i] = i end for i = 1, 300, 2 do t['k' .. i] = nil end t.z = 1",
        "local co co = coroutine.wrap(function() co() end) pcall(co)", "local function deep(n) if n > 0 then return pcall(deep, n - 1) end error('bottom') end deep(150)",
        "local function chain(n) local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() if n > 0 then chain(n - 1) end end }) coroutine.yield() end) coroutine.resume(co) coroutine.close(co) end chain(40)",
    ]
}

/// A generator of random numbers whose run follows from its seed.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
