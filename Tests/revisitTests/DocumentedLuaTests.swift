import Foundation
import Testing

/// The docs' Lua works: a page's blocks that are named after files make a rooftop, and its `lua run` blocks are tests of it.
@Suite struct DocumentedLuaTests {
    /// A fenced block of a page.
    struct Block: Sendable {
        /// What follows "```lua": "run", or a file's path in a rooftop; empty when the page says neither.
        let name: String
        let line: Int
        let text: String
    }

    static let pages: [String] = {
        let docs = CommandLineTool.root.appending(path: "docs")
        let paths = FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".md") }.sorted()
    }()

    static func blocks(of page: String) throws -> [Block] {
        let text = try String(contentsOf: CommandLineTool.root.appending(path: "docs/\(page)"), encoding: .utf8)
        var blocks: [Block] = []
        var open: (name: String, line: Int, lines: [Substring])?
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = open {
                if line == "```" {
                    blocks.append(Block(name: block.name, line: block.line, text: block.lines.joined(separator: "\n")))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if line.hasPrefix("```lua") {
                open = (line.dropFirst(6).trimmingCharacters(in: .whitespaces), place + 1, [])
            }
        }
        #expect(open == nil, "docs/\(page):\(open?.line ?? 0): a block isn't closed")
        return blocks
    }

    @Test("there is Lua to try in the docs")
    func found() throws {
        #expect(try Self.pages.filter { try !Self.blocks(of: $0).isEmpty }.count >= 8)
    }

    @Test("the Lua of a page loads, keeps the rules of messages and passes its tests", arguments: pages)
    func works(page: String) throws {
        let blocks = try Self.blocks(of: page)
        guard !blocks.isEmpty else { return }
        for block in blocks {
            #expect(block.name == "run" || block.name.hasSuffix(".lua"), "docs/\(page):\(block.line): ```lua needs a file's name or run")
        }
        let scratch = try Scratch()
        _ = try scratch.write(
            "shop/rooftop.lua",
            "return { name = 'My Store', zone = 'America/Chicago', phone = '+13125550100', booking_link = 'https://book.example.com/mystore' }")
        for block in blocks where block.name.hasSuffix(".lua") { _ = try scratch.write("shop/\(block.name)", block.text) }
        let runs = blocks.filter { $0.name == "run" }
        if !runs.isEmpty { _ = try scratch.write("shop/tests/page_test.lua", try Self.tests(of: runs)) }

        let check = try CommandLineTool.run("check", scratch.path("shop"))
        #expect(check.status == 0, "docs/\(page): \(String(decoding: check.output, as: UTF8.self)) \(check.complaints)")
        guard !runs.isEmpty || blocks.contains(where: { $0.name.hasPrefix("tests/") }) else { return }
        let test = try CommandLineTool.run("test", scratch.path("shop"))
        #expect(test.status == 0, "docs/\(page): \(String(decoding: test.output, as: UTF8.self)) \(test.complaints)")
    }

    /// A test for each block, with each module of the standard library under its name and a touch to try it on.
    private static func tests(of runs: [Block]) throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: CommandLineTool.root.appending(path: "stdlib").path)
        let modules = files.filter { $0.hasSuffix(".lua") && $0 != "testing.lua" }.map { $0.dropLast(4) }.sorted()
        let locals = modules.map { "local \($0) = require \"\($0)\"" }.joined(separator: " ")
        return runs.map { "it(\"line \($0.line)\", function() \(locals) local touch = given.touch()\n\($0.text)\nend)" }
            .joined(separator: "\n")
    }
}
