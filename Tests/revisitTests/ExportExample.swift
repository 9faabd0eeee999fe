import Foundation
import Testing

/// An export of a page of the docs, with its mapping and with what the page says comes of it.
///
/// The blocks of an example follow each other: `text FILE` with the export, `lua mapping.lua`, `json mapped` with what `revisit map`
/// prints, `text put-aside` with a line, a code and a reason for each row in quarantine. Words after the file's name say how the file
/// is written: an encoding as iconv calls it, `bom`, `crlf`, `bytes` (`\xNN` is a byte), `records=80` (each line is a record of 80
/// bytes, and there are no line ends). `text sniff`, `text coverage` and `text explain LINE` are pages of the command line.
struct ExportExample: Sendable, CustomStringConvertible {
    /// A fenced block of a page.
    struct Block: Sendable {
        /// What follows "```".
        let words: [String]
        /// Where its first line stands in the page, counted from 1.
        let line: Int
        let lines: [String]

        var text: String { lines.joined(separator: "\n") + "\n" }
    }

    let page: String
    let export: Block
    let mapping: Block
    var mapped: Block?
    var putAside: Block?
    var commands: [Block] = []

    var description: String { "docs/\(page):\(export.line)" }
    var fileName: String { export.words[1] }

    /// The examples of a page, in order.
    static func all(of page: String, text: String) -> [ExportExample] {
        var examples: [ExportExample] = []
        var export: Block?
        for block in blocks(of: text) {
            switch (block.words.first, block.words.dropFirst().first) {
            case ("text", let name?) where name.contains("."): export = block
            case ("lua", "mapping.lua"):
                if let export { examples.append(ExportExample(page: page, export: export, mapping: block)) }
                export = nil
            case ("json", "mapped"): examples[examples.endIndex - 1].mapped = block
            case ("text", "put-aside"): examples[examples.endIndex - 1].putAside = block
            case ("text", "sniff"), ("text", "coverage"), ("text", "explain"): examples[examples.endIndex - 1].commands.append(block)
            default: break
            }
        }
        return examples
    }

    /// The export as the bytes that a store would send.
    func bytes() throws -> Data {
        var encoding = "utf-8", recordBytes: Int?
        let options = export.words.dropFirst(2)
        for option in options where !["bom", "crlf", "bytes"].contains(option) {
            if option.hasPrefix("records=") { recordBytes = Int(option.dropFirst(8)) } else { encoding = option }
        }
        let hasEscapes = options.contains("bytes")
        var text = options.contains("bom") ? "\u{FEFF}" : ""
        for line in export.lines {
            text += line
            if let recordBytes {
                let length = Self.pieces(of: line, hasEscapes: hasEscapes).reduce(0) { $0 + ($1.byte == nil ? $1.text.count : 1) }
                guard length <= recordBytes else { throw CocoaError(.fileReadCorruptFile) }
                text += String(repeating: " ", count: recordBytes - length)
            } else {
                text += options.contains("crlf") ? "\r\n" : "\n"
            }
        }
        return try Self.pieces(of: text, hasEscapes: hasEscapes).reduce(into: Data()) { bytes, piece in
            if let byte = piece.byte { bytes.append(byte) } else { bytes.append(try Self.encoded(String(piece.text), as: encoding)) }
        }
    }

    // MARK: Parts

    private static func blocks(of text: String) -> [Block] {
        var blocks: [Block] = []
        var open: (words: [String], line: Int, lines: [String])?
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = open {
                if line == "```" {
                    blocks.append(Block(words: block.words, line: block.line, lines: block.lines))
                    open = nil
                } else {
                    open?.lines.append(String(line))
                }
            } else if line.hasPrefix("```") {
                open = (line.dropFirst(3).split(separator: " ").map(String.init), place + 2, [])
            }
        }
        return blocks
    }

    /// Text, and the bytes that stand in it as `\xNN`.
    private static func pieces(of text: String, hasEscapes: Bool) -> [(text: Substring, byte: UInt8?)] {
        guard hasEscapes else { return [(text[...], nil)] }
        var pieces: [(text: Substring, byte: UInt8?)] = []
        var rest = text[...]
        while let found = rest.range(of: "\\\\x[0-9A-F]{2}", options: .regularExpression) {
            pieces.append((rest[..<found.lowerBound], nil))
            pieces.append((rest[found], UInt8(rest[found].suffix(2), radix: 16)))
            rest = rest[found.upperBound...]
        }
        return pieces + [(rest, nil)]
    }

    private static func encoded(_ text: String, as encoding: String) throws -> Data {
        if encoding == "utf-8" { return Data(text.utf8) }
        let scratch = try Scratch()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "utf-8", "-t", encoding, "-o", scratch.path("out"), try scratch.write("in", text)]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadInapplicableStringEncoding) }
        return try Data(contentsOf: URL(filePath: scratch.path("out")))
    }
}
