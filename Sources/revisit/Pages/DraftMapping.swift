internal import Feeds

/// A `mapping.lua` to start from. It loads and runs on the file it was made from: what could be guessed is marked as a guess, and
/// what could not puts every record aside in words.
struct DraftMapping {
    let found: SniffedFeed
    let file: String

    var text: String {
        var body = DraftBody(found: found)
        let lines = body.lines
        let modules = body.modules.sorted()
        var text = """
            -- A draft that `revisit sniff` made from the beginning of \(LuaText.comment(file)).
            -- Check each line that is marked as guessed against the export's description, then take the mark away. What could not be
            -- guessed puts records aside and says so: revisit map DIR FILE shows it.

            """
        for start in stride(from: 0, to: modules.count, by: 4) {
            let part = modules[start..<min(start + 4, modules.count)]
            text += "local \(part.joined(separator: ", ")) = \(part.map { "require \"\($0)\"" }.joined(separator: ", "))\n"
        }
        text += "\nreturn {\n  feed = {\n" + DraftFeedTable(found: found).lines.joined(separator: "\n") + "\n  },\n\n"
        text += "  repair_order = function(rows\(found.format.joins.isEmpty ? "" : ", joined"))\n"
        text += lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n") + "\n  end,\n}\n"
        return text
    }
}
