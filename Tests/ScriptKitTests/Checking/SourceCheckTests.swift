import Foundation
import ScriptKit
import Testing

@Suite struct SourceCheckTests {
    @Test("nothing is found in the scripts, the stdlib and their tests")
    func repository() throws {
        for file in try ["scripts", "stdlib", "Tests/Fixtures"].flatMap(LuaFiles.files) {
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(SourceCheckBench.findings(text, file: LuaFiles.name(of: file)) == [], "\(file.path)")
        }
    }

    @Test("a text that is no Lua has no findings")
    func syntaxError() {
        #expect(SourceCheckBench.findings("return { sms = function(touch) return touch.nmae }") == [])
    }

    @Test("findings come in the order of the text")
    func order() {
        let findings = SourceCheckBench.findings("local unused = 1\nreturn { sms = function(touch)\n  return nowhere .. touch.nmae\nend }")
        #expect(findings.map(\.line) == [1, 3, 3] && findings.map(\.column) == [7, 10, 27])
    }

    @Test("no text traps the check, however long or odd", arguments: [
        "return a" + String(repeating: ".b", count: 20_000), "if a" + String(repeating: " or a == 'b' or 'c'", count: 5000) + " then end",
        "return { sms = function(touch) return touch.item" + String(repeating: "['item']", count: 5000) + " end }",
        "return { sms = function(touch) return '" + String(repeating: "\\255", count: 5000) + "' end }",
        (0..<5000).map { "x\($0) = y\($0)\n" }.joined(),
    ])
    func hostile(text: String) {
        #expect(SourceCheckBench.findings(text).count <= SourceCheck.most)
    }
}
