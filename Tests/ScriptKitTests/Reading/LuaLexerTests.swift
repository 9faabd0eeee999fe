import Testing

@testable import ScriptKit

@Suite struct LuaLexerTests {
    private func words(_ text: String) throws -> [String] {
        let source = LuaSource(text)
        return try LuaLexer.tokens(of: source).map { source.text($0.range) }
    }

    @Test("the longest sign is taken")
    func longestSign() throws {
        #expect(try words("a...b..c.d//e/f<<g<=h::i:j~=k~l") == [
            "a", "...", "b", "..", "c", ".", "d", "//", "e", "/", "f", "<<", "g", "<=", "h", "::", "i", ":", "j", "~=", "k", "~", "l", "",
        ])
    }

    @Test("comments are left out, the long and the short")
    func comments() throws {
        #expect(try words("a --[[ b\n]] c --[=x d\ne --") == ["a", "c", "e", ""])
    }

    @Test("a literal says what is written, and where each byte of it stands")
    func literals() throws {
        let source = LuaSource(#"return "a\n\65\x42\u{e9}\z   b", [[é]]"#)
        let strings = try LuaLexer.tokens(of: source).filter { $0.kind == .string }.map { LuaText(source, $0.range) }
        #expect(strings.map(\.string) == ["a\nABéb", "é"])
        #expect(source.text(strings[0].range(1..<2)) == #"\n"#)
        #expect(source.text(strings[0].range(6..<7)) == "b")
    }

    @Test("two literals that are joined keep their places")
    func joined() throws {
        let source = LuaSource(#""a{b" .. "c}d""#)
        let parts = try LuaLexer.tokens(of: source).filter { $0.kind == .string }.map { LuaText(source, $0.range) }
        let whole = LuaText(parts[0], parts[1])
        #expect(whole.string == "a{bc}d")
        #expect(source.text(whole.range(1..<3)) == "{b")
        #expect(source.text(whole.range(4..<5)) == "}")
    }

    @Test("the first line end of a long string is no part of it")
    func longString() throws {
        let source = LuaSource("[==[\r\nx\r\n]==]")
        #expect(LuaText(source, 0..<source.bytes.count).string == "x\n")
    }

    @Test("no bytes trap the lexer, the parser or the literals", arguments: 0..<20)
    func anyBytes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "\"", "'", "[[", "]]", "[=[", "--", "\\", "\\u{", "\\x", "\\z", "0x", "1e", "..", "function", "(", ")", "{", "}", "end", "local", "x", "=",
            "goto", "::", "if", "then", "return", "\n", "\r", "é", "<const>", "for", "in", "do", "until", "repeat", ",", ".", ":", "not", "-",
        ]
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                if random.chance(300) {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += Array((pieces.randomElement(using: &random) ?? "").utf8) + (random.chance(500) ? [32] : [])
                }
            }
            let source = LuaSource(bytes: bytes)
            for token in (try? LuaLexer.tokens(of: source)) ?? [] where token.kind == .string { _ = LuaText(source, token.range).string }
            _ = try? LuaParser.tree(of: source)
        }
    }

    @Test("no part of a script traps, wherever it is cut")
    func cutScripts() throws {
        for path in ["scripts/northgate/mapping.lua", "stdlib/say.lua"] {
            let bytes = Array(try LuaFiles.text(path).utf8)
            for end in stride(from: 0, to: bytes.count, by: 61) { _ = try? LuaParser.tree(of: LuaSource(bytes: Array(bytes[..<end]))) }
        }
    }
}
