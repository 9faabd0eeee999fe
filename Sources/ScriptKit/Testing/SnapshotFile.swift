public import Foundation
public import Lua

/// The snapshots of one test file, as people review them: `tests/snapshots/message_test.txt`.
public struct SnapshotFile: Sendable, Equatable {
    /// A value that a test wants compared.
    public struct Taken: Sendable, Equatable {
        public let name: String
        public let value: Value
        /// The line of the test file that asked for it.
        public let line: Int
    }

    /// A file that was edited into something that isn't a list of snapshots.
    public struct Malformed: Error, CustomStringConvertible {
        public let description: String
    }

    private static let head = "== "
    private static let indent = "    "

    public let url: URL
    /// What each name was last accepted as, in the file's order.
    public private(set) var accepted: [(name: String, text: String)] = []

    /// Reads the snapshots of a test file of a rooftop; there may be none yet.
    public init(of testFile: String, in rooftop: URL) throws {
        let name = testFile.split(separator: "/").last.map { $0.dropLast(".lua".count) } ?? ""
        url = rooftop.appending(path: "tests/snapshots/\(name).txt")
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let text = try String(contentsOf: url, encoding: .utf8)
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix(Self.head) {
                accepted.append((String(line.dropFirst(Self.head.count)), ""))
            } else if line.hasPrefix(Self.indent) || line.isEmpty {
                guard !accepted.isEmpty else { continue }
                accepted[accepted.count - 1].text += line.dropFirst(min(line.count, Self.indent.count)) + "\n"
            } else {
                throw Malformed(description: "\(url.lastPathComponent):\(place + 1): expected \"== name\", or a line of a snapshot with four blanks before it")
            }
        }
        for place in accepted.indices { accepted[place].text = Self.trimmed(accepted[place].text) }
    }

    public subscript(name: String) -> String? { accepted.first { $0.name == name }?.text }

    /// Accepts a text under a name, in place of the one before or at the end.
    public mutating func accept(_ text: String, as name: String) {
        let text = Self.trimmed(text)
        if let place = accepted.firstIndex(where: { $0.name == name }) {
            accepted[place].text = text
        } else {
            accepted.append((name, text))
        }
    }

    public mutating func remove(_ name: String) { accepted.removeAll { $0.name == name } }

    /// Writes the file, or removes it when nothing is left.
    public func save() throws {
        if accepted.isEmpty {
            if FileManager.default.fileExists(atPath: url.path) { try FileManager.default.removeItem(at: url) }
            return
        }
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let text = accepted.map { entry in
            Self.head + entry.name + "\n"
                + entry.text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : Self.indent + $0 }.joined(separator: "\n")
        }
        try (text.joined(separator: "\n\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
    }

    public static func == (left: SnapshotFile, right: SnapshotFile) -> Bool {
        left.url == right.url && left.accepted.map(\.name) == right.accepted.map(\.name) && left.accepted.map(\.text) == right.accepted.map(\.text)
    }

    /// Blanks at line ends and blank lines at the end don't survive editors.
    static func trimmed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
