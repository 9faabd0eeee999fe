import Foundation
import Testing

@Suite struct LuaCommandTests {
    @Test("prints what a file returns as JSON, and what it used")
    func values() throws {
        let scratch = try Scratch()
        let file = try scratch.write("a.lua", "return 1, 2.5, 'x\\n', { 1, 2 }, { b = true, a = false }, nil, 0/0")
        let run = try CommandLineTool.run("lua", "--stats", file)
        #expect(run.status == 0)
        #expect(String(decoding: run.output, as: UTF8.self) == #"[1,2.5,"x\u000a",[1,2],{"a":false,"b":true},null,"nan"]"# + "\n")
        #expect(run.complaints.contains(/a\.lua: fuel \d+ · memory \d+ KB at most · [\d.]+ ms · image \d+ KB/))
    }

    @Test("several files are rooftops of their own: what the first does to its world the second doesn't see")
    func rooftops() throws {
        let scratch = try Scratch()
        let poison = try scratch.write("a.lua", "string.upper = nil mark = 1 setmetatable(_G, { __index = function() return 1 end }) return 'done'")
        let honest = try scratch.write("b.lua", "return ('x'):upper(), mark == nil")
        let run = try CommandLineTool.run("lua", poison, honest)
        #expect(run.status == 0)
        #expect(String(decoding: run.output, as: UTF8.self) == "[\"done\"]\n[\"X\",true]\n")
    }

    @Test("an error is shown with its line and leaves with 65, and the other files still run")
    func errors() throws {
        let scratch = try Scratch()
        let wrong = try scratch.write("wrong.lua", "local t = nil\n  return t.x")
        let right = try scratch.write("right.lua", "return true")
        let run = try CommandLineTool.run("lua", wrong, right)
        #expect(run.status == 65)
        #expect(run.complaints == "revisit: wrong.lua:2:10: attempt to index a nil value (local 't'); it is empty (nil) here; check it first, as in: if t then … end\n  2 │ return t.x\n    │        ^\n")
        #expect(String(decoding: run.output, as: UTF8.self) == "[true]\n")
        #expect(try CommandLineTool.run("lua", try scratch.write("c.lua", "\u{1B}Lua bytecode")).status == 65)
        #expect(try CommandLineTool.run("lua", try scratch.write("e.lua", "return tostring")).complaints.contains("the result is a function, not a plain value"))
    }

    @Test(
        "a limit is named with what ran away, and leaves with 69",
        arguments: [
            ("local function spin() while true do end end\nspin()", "a.lua:1: the script ran too long (instruction limit) in 'spin'"),
            ("local t = {}\nfor i = 1, 1e9 do t[i] = ('x'):rep(i) end", "a.lua:2: the script used too much memory"),
            ("local function down(n) return 1 + down(n + 1) end\nreturn down(1)", "a.lua:1: the script called too deep (does a function call itself without end?) in 'down'"),
            ("return ('x'):rep(1e8)", "a.lua:1: the script made a single string or table that is too large"),
        ])
    func limits(text: String, complaint: String) throws {
        let scratch = try Scratch()
        let run = try CommandLineTool.run("lua", try scratch.write("a.lua", text))
        #expect(run.status == 69)
        #expect(run.complaints.contains(complaint), "\(run.complaints)")
    }

    @Test("fuel and memory can be raised and lowered; the same file uses the same each time")
    func options() throws {
        let scratch = try Scratch()
        let file = try scratch.write("a.lua", "local n = 0 for i = 1, 2e6 do n = n + 1 end return n")
        #expect(try CommandLineTool.run("lua", file).status == 0)
        #expect(try CommandLineTool.run("lua", "--fuel", "1000000", file).status == 69)
        let large = try scratch.write("b.lua", "return #('x'):rep(1 << 21)")
        #expect(try CommandLineTool.run("lua", large).status == 69)
        #expect(try CommandLineTool.run("lua", "--memory", "256M", large).status == 0)
        let fuel = { try CommandLineTool.run("lua", "--stats", "--seed", "3", file).complaints.firstMatch(of: /fuel (\d+)/)?.output.1 }
        #expect(try fuel() == fuel())
    }

    @Test("wrong use is told")
    func wrongUse() throws {
        let scratch = try Scratch()
        #expect(try CommandLineTool.run("lua").status == 64)
        #expect(try CommandLineTool.run("lua", "--memory", "lots", "x.lua").status == 64)
        #expect(try CommandLineTool.run("lua", "--fuel", "0", "x.lua").status == 64)
        let missing = try CommandLineTool.run("lua", scratch.path("none.lua"))
        #expect(missing.status == 66)
        #expect(missing.complaints.contains("cannot read \(scratch.path("none.lua"))"))
    }
}
