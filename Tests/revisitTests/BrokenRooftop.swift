import Foundation

/// A copy of an example rooftop whose mapping fails on one repair order of its export, which has six lines.
struct BrokenRooftop {
    let folder: String
    private let whole: String

    init(in scratch: Scratch) throws {
        folder = scratch.path("mine")
        try FileManager.default.copyItem(atPath: CommandLineTool.root.appending(path: "scripts/hillside").path, toPath: folder)
        whole = try String(contentsOfFile: folder + "/mapping.lua", encoding: .utf8)
        let begin = "repair_order = function(rows)"
        try write(whole.replacingOccurrences(of: begin, with: begin + "\n    if rows[1].RO == \"608003\" then error(\"no idea\") end"))
    }

    func mend() throws { try write(whole) }

    /// Mends the mapping, and changes its `feed` table.
    func mend(feed: String) throws {
        try write(whole.replacingOccurrences(of: "feed = { format = \"csv\", group_by = \"RO\" }", with: "feed = { \(feed) }"))
    }

    private func write(_ mapping: String) throws {
        try mapping.write(toFile: folder + "/mapping.lua", atomically: true, encoding: .utf8)
    }
}
