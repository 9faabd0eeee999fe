import Foundation
import Testing

/// The exports of the docs map as their pages say.
@Suite struct ExportExampleTests {
    static let examples: [ExportExample] = DocumentedLuaTests.pages.flatMap { page in
        let file = CommandLineTool.root.appending(path: "docs/\(page)")
        return (try? String(contentsOf: file, encoding: .utf8)).map { ExportExample.all(of: page, text: $0) } ?? []
    }

    @Test("there are examples of every family of export")
    func found() {
        #expect(Self.examples.count >= 22)
        let pages = Set(Self.examples.map(\.page))
        for family in ["delimited", "fixed-width", "record-kinds", "fixed-records", "json", "xml"] {
            #expect(pages.contains("learning/exports/\(family).md"), "no example on the page \(family)")
        }
    }

    @Test("an example maps to exactly what its page says, and puts aside what the page says", arguments: examples)
    func maps(example: ExportExample) throws {
        let scratch = try Scratch()
        let shop = try Self.lay(example, in: scratch)
        let quarantine = scratch.path("put-aside.jsonl")
        let run = try CommandLineTool.run("map", shop, example.fileName, "--quarantine", quarantine, in: URL(filePath: scratch.path("")))

        let mapped = try #require(example.mapped, "the page doesn't say what it becomes")
        let right = try #require(JSONSerialization.jsonObject(with: Data(mapped.text.utf8)) as? [NSDictionary])
        // A file that is refused prints nothing, and says why.
        let result = try #require(try? JSONSerialization.jsonObject(with: run.output) as? [NSDictionary], "\(run.complaints)")
        #expect(result == right, "docs/\(example.page):\(mapped.line): \(run.text)")

        let aside = FileManager.default.fileExists(atPath: quarantine) ? try String(contentsOfFile: quarantine, encoding: .utf8) : ""
        let lines = try aside.split(separator: "\n").map(Self.line)
        #expect(lines == (example.putAside?.lines ?? []), "docs/\(example.page): what is put aside")
        #expect(run.status == (lines.isEmpty ? 0 : 1), "\(run.complaints)")
    }

    @Test("what the docs show of sniff, --coverage and --explain is what these print", arguments: examples.filter { !$0.commands.isEmpty })
    func shows(example: ExportExample) throws {
        let scratch = try Scratch()
        let shop = try Self.lay(example, in: scratch)
        let folder = URL(filePath: scratch.path(""))
        for command in example.commands {
            let run =
                switch command.words[1] {
                case "sniff": try CommandLineTool.run("sniff", example.fileName, in: folder)
                case "coverage": try CommandLineTool.run("map", shop, example.fileName, "--coverage", in: folder)
                default: try CommandLineTool.run("map", shop, example.fileName, "--explain", try #require(command.words.last), in: folder)
                }
            var lines = run.text.split(separator: "\n", omittingEmptySubsequences: false).map(Self.withoutBlanksAtEnd)
            while lines.last == "" { lines.removeLast() }
            // Below what it found stands a draft, which a page need not show.
            if command.words[1] == "sniff" { lines = Array(lines.prefix(command.lines.count)) }
            #expect(lines == command.lines.map(Self.withoutBlanksAtEnd), "docs/\(example.page):\(command.line): \(run.text)")
        }
    }

    @Test("the mapping of an example is short enough to review", arguments: examples)
    func short(example: ExportExample) {
        #expect(example.mapping.lines.count <= 60, "docs/\(example.page):\(example.mapping.line)")
    }

    // MARK: Parts

    /// Writes an example's rooftop and export, and gives the rooftop's folder.
    private static func lay(_ example: ExportExample, in scratch: Scratch) throws -> String {
        _ = try scratch.write(
            "shop/rooftop.lua",
            "return { name = 'My Store', zone = 'America/Chicago', phone = '+13125550100', booking_link = 'https://book.example.com/mystore' }")
        _ = try scratch.write("shop/mapping.lua", example.mapping.text)
        try example.bytes().write(to: URL(filePath: scratch.path(example.fileName)))
        return scratch.path("shop")
    }

    /// A row in quarantine as the pages write it.
    private static func line(of row: Substring) throws -> String {
        let fields = try #require(JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any])
        let number = try #require(fields["line_from"] as? Int), code = try #require(fields["code"] as? String)
        return "\(number) \(code) \(try #require(fields["reason"] as? String))"
    }

    private static func withoutBlanksAtEnd(_ line: some StringProtocol) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
