import Feeds
import Foundation
import Testing

@Suite("Files as sources")
struct FileByteSourceTests {
    @Test("a file is read, twice when grouped, even when it is renamed after it was opened")
    func renamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("feeds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let file = folder.appendingPathComponent("in.csv")
        try Data("RO,n\nA,1\nB,2\nA,3\n".utf8).write(to: file)
        let source = try FileByteSource(path: file.path)
        try FileManager.default.moveItem(at: file, to: folder.appendingPathComponent("claimed.csv"))
        let reader = FeedReader(format: format { $0.groupBy = ["RO"] }, source: source)
        _ = try reader.open()
        var keys: [String] = []
        while let record = try reader.next() {
            if case .group(let group) = record { keys.append(group.key) }
        }
        #expect(keys == ["A", "B"])
    }

    @Test("a missing file and a folder are told by their path")
    func unreadable() {
        let missing = #expect(throws: FeedError.self) { try FileByteSource(path: "/nowhere/x.csv") }
        #expect(missing?.description == "cannot read /nowhere/x.csv: No such file or directory")
        let folder = #expect(throws: FeedError.self) { try FileByteSource(path: "/") }
        #expect(folder?.description == "cannot read /: it is a folder")
    }
}
