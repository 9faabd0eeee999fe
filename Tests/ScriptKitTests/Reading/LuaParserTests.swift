import Foundation
import Testing

@testable import ScriptKit

@Suite struct LuaParserTests {
    @Test("every form of Lua 5.4 is read", arguments: [
        "", ";;;", "local x <const>, y <close> = 1, nil", "goto done; do local x end ::done::", "for i = 1, 2, 3 do break end",
        "for k, v in pairs(t), 2 do local k = v end", "repeat local x = f() until x", "while true do if a then elseif b then else end end",
        "return", "return;", "return 1, ...", "function a.b.c:m(x, ...) return self, ... end", "local function f(...) return ... end",
        "a.b[c].d, e = f(), 2", "f{1; 2, x = 3, [4] = 5,}'text'\"text\"[[text]]:m{}", "return 7 // 2 ~ 1 << 3 >> 1 & 2 | ~4",
        "return -2^-2, not not a == b, #'x'..'y'", "return 0x.8p-1, 0xA, 3e-2, .5, 5., 0XFFp+2, 3E5", "return [==[ ]=] ]==], [[\n]]",
        "--[==[ long\n]]=] ]==] return 1 -- end",
        "do goto l1; local a; ::l1:: ::l2:: ; end", "while x do goto continue; local y; ::continue:: end", "(f or g)(1)", "(a).b = 1",
        "local _ENV = {}; x = 1", "::a:: do ::b:: end ::c:: goto a",
    ])
    func accepted(text: String) throws {
        _ = try LuaParser.tree(of: text)
    }

    @Test("every escape is read", arguments: [#"return "\a\b\f\n\r\t\v\\\"\'\x41\z   \065\u{48}\u{7FFFFFFF}""#, "return 'a\\\nb\\\r\nc'"])
    func escapes(text: String) throws {
        _ = try LuaParser.tree(of: text)
    }

    @Test("what Lua refuses is refused", arguments: [
        "x", "x =", "return return", "return 1 x = 2", "(f)", "(a) = 1", "f() = 1", "a.b:c", "break", "goto nowhere", "::a:: ::a::",
        "do goto x end; local a; ::x:: print(a)", "repeat goto c; local y; ::c:: until y", "do ::a:: end goto a", "::a:: do ::a:: end",
        "local x <const> = 1; x = 2", "local x <close> = nil; function x() end", "local x <other> = 1", "local x <close>, y <close> = 1, 2",
        "local x <const> = 1; return function() x = 2 end", "function f() return ... end", "function f(a,) end", "for x do end", "if a then",
        "return 3e", "return 0x", "return 1..2", "return 3x", "return 0x1p", "return 'a", "return 'a\nb'", "return [==[ ]]", "--[[", "return [=x",
        #"return "\q""#, #"return "\300""#, #"return "\xg0""#, #"return "\u{80000000}""#, #"return "\u{}""#, "return \0", "local naïve = 1", "return a != b", "x += 1",
        "#!/bin/lua", "\u{FEFF}return 1", "return {a = 1 b = 2}", "while break do end", "for i = 1 do end", "a, f() = 1, 2",
    ])
    func refused(text: String) {
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: text) }
    }

    @Test("an error has the place of what is wrong")
    func errorPlace() {
        let error = #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: "local é = 1") }
        #expect(error?.place == LuaPlace(line: 1, column: 7))
        let lost = #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: "do\n\t-- ’\n\tgoto away\nend") }
        #expect(lost?.place == LuaPlace(line: 3, column: 7))
    }

    @Test("columns count characters, a tab one, and any end of line ends a line")
    func places() throws {
        let source = LuaSource("a\r\n\t’’b\rc\n\nd")
        let places = ["b", "c", "d"].map { letter in
            source.place(at: Array(source.bytes).firstIndex(of: letter.utf8.first ?? 0) ?? 0)
        }
        #expect(places == [LuaPlace(line: 2, column: 4), LuaPlace(line: 3, column: 1), LuaPlace(line: 5, column: 1)])
    }

    @Test("operators bind as in the manual")
    func priorities() throws {
        func shape(_ text: String) throws -> String {
            let tree = try LuaParser.tree(of: "return \(text)")
            func show(_ id: LuaExpression.ID) -> String {
                switch tree[id].kind {
                case .binary(let sign, let left, let right, _): "(\(show(left)) \(sign.rawValue) \(show(right)))"
                case .unary(let sign, let operand): "(\(sign.rawValue) \(show(operand)))"
                case _: tree.text(id)
                }
            }
            guard case .return(let values) = tree.statements.last?.kind, let value = values.first else { return "" }
            return show(value)
        }
        #expect(try shape("a or b and c < d") == "(a or (b and (c < d)))")
        #expect(try shape("a .. b .. c") == "(a .. (b .. c))")
        #expect(try shape("-x ^ 2 ^ 3") == "(- (x ^ (2 ^ 3)))")
        #expect(try shape("not a == b") == "((not a) == b)")
        #expect(try shape("a | b ~ c & d << e .. f + g * h") == "(a | (b ~ (c & (d << (e .. (f + (g * h)))))))")
        #expect(try shape("a - b - c") == "((a - b) - c)")
    }

    @Test("a name means the innermost local that is visible, and a global without one")
    func bindings() throws {
        let tree = try LuaParser.tree(of: "local x = x\nlocal function f(x) return x end\ndo local x = 2; x = 3 end\nreturn x, y")
        #expect(tree.locals.map { "\($0.name) \($0.readCount) \($0.writeCount)" } == ["x 1 0", "f 0 0", "x 1 0", "x 0 1"])
    }

    @Test("a text that nests too deep is refused and one that is only long is not")
    func depth() throws {
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: "return " + String(repeating: "(", count: 30_000)) }
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: "return " + String(repeating: "not ", count: 30_000) + "1") }
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: "return " + String(repeating: "{", count: 30_000)) }
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: String(repeating: "do ", count: 30_000)) }
        _ = try LuaParser.tree(of: "return 1" + String(repeating: " + 1", count: 30_000))
        _ = try LuaParser.tree(of: "return a" + String(repeating: ".b", count: 30_000))
        _ = try LuaParser.tree(of: "return " + String(repeating: "a .. ", count: 150) + "a")
    }

    @Test("200 locals of a function are allowed and 201 are not")
    func localLimit() throws {
        let most = (0..<LuaScopes.mostLocals).map { "local v\($0)\n" }.joined()
        _ = try LuaParser.tree(of: most + "do return function() local x end end")
        #expect(throws: LuaSyntaxError.self) { try LuaParser.tree(of: most + "local more") }
    }

    @Test("every Lua file of the repository is read as its machine reads it")
    func repository() throws {
        let files = try LuaFiles.all()
        #expect(files.count > 150)
        // What beginners write is told by the sandbox, and much of it is no Lua.
        for file in files where !file.path.contains("/BeginnerErrors/") {
            let bytes = [UInt8](try Data(contentsOf: file))
            let text = String(decoding: bytes, as: UTF8.self)
            // The machine alone counts registers and fuel.
            let isRunTime = ["too-many-registers", "quadratic"].contains { file.lastPathComponent.contains($0) }
            let isRefused = text.hasPrefix("-- expect: refused") && !isRunTime
            #expect((try? LuaParser.tree(of: LuaSource(bytes: bytes))) == nil ? isRefused : !isRefused, "\(file.lastPathComponent)")
        }
    }
}
