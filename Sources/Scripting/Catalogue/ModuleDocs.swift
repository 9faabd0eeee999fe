public import Lua

/// What the modules of the standard library say of themselves: the `---` comments above their functions.
public struct ModuleDocs: Sendable {
    public struct Entry: Sendable, Equatable {
        /// "say.fill".
        public let name: String
        /// "say.fill(template, touch)".
        public let signature: String
        /// Lines joined, without the comment marks.
        public let doc: String
    }

    public let module: String
    /// The first comment of the file.
    public let doc: String
    /// In the file's order.
    public let entries: [Entry]

    /// Reads one source: "say.lua".
    public init(of source: ScriptSource) {
        module = String(source.name.split(separator: "/").last?.dropLast(".lua".count) ?? "")
        var comment: [String] = []
        var entries: [Entry] = []
        var opening: [String]?
        for line in source.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("---") || (line.hasPrefix("-- ") && opening == nil && entries.isEmpty) {
                comment.append(String(line.drop { $0 == "-" }.drop { $0 == " " }))
                continue
            }
            if opening == nil, !comment.isEmpty { opening = comment }
            if !comment.isEmpty, let signature = Self.signature(in: line) {
                let name = String(signature.prefix { $0 != "(" })
                entries.append(Entry(name: name, signature: signature, doc: comment.joined(separator: " ")))
            }
            comment = []
        }
        self.entries = entries
        doc = (opening ?? []).joined(separator: " ")
    }

    /// "say.fill(template, touch)" of "function say.fill(template, touch)"; a method is written with its colon.
    private static func signature(in line: Substring) -> String? {
        guard line.hasPrefix("function "), let open = line.firstIndex(of: "("), let close = line[open...].firstIndex(of: ")") else { return nil }
        let name = line[line.index(line.startIndex, offsetBy: "function ".count)..<open]
        guard name.contains(".") || name.contains(":") else { return nil }
        return "\(name)\(line[open...close])"
    }
}
