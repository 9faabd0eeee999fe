import Channels
import Foundation
import Testing

@Suite struct MaildirTests {
    private let folder: URL

    init() throws {
        folder = try Peers.temporaryFolder()
        for name in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
    }

    private func deliver(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: "new/\(name)"))
    }

    private func names(_ place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: place).path).sorted()
    }

    @Test("messages are handed out in order, and are in cur only when the handler has returned")
    func order() async throws {
        for name in ["2.b", "1.a", ".hidden"] { try deliver(name, "text \(name)") }
        var seen: [String] = []
        let turn = try await Maildir(path: folder.path).takeEach { name, bytes in
            let waiting = try names("new")
            #expect(waiting.contains(name))
            seen.append(String(decoding: bytes, as: UTF8.self))
        }
        #expect(seen == ["text 1.a", "text 2.b"])
        #expect(turn.taken == ["1.a", "2.b"] && turn.left.isEmpty && !turn.hasMore)
        #expect(try names("cur") == ["1.a:2,S", "2.b:2,S"])
        #expect(try names("new") == [".hidden"])
    }

    @Test("what the handler couldn't store stays, is told, and is handed out again")
    func handlerError() async throws {
        struct Full: Error {}
        for name in ["1.a", "2.b"] { try deliver(name, "x") }
        let maildir = Maildir(path: folder.path)
        let turn = try await maildir.takeEach { name, _ in if name == "1.a" { throw Full() } }
        #expect(turn.taken == ["2.b"])
        #expect(turn.left.map(\.name) == ["1.a"])
        guard case .notHandled(let error)? = turn.left.first?.reason else { Issue.record("another reason"); return }
        #expect(error is Full)
        #expect(try names("new") == ["1.a"])
        #expect(try await maildir.takeEach { _, _ in }.taken == ["1.a"])
    }

    @Test("what can't be read is told and never handed out")
    func unreadable() async throws {
        try FileManager.default.createDirectory(at: folder.appending(path: "new/1.folder"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder.appending(path: "new/2.link").path, withDestinationPath: "/nowhere")
        try deliver("3.large", "12345678901")
        try deliver("4.fits", "1234567890")
        let turn = try await Maildir(path: folder.path, bytesMost: 10).takeEach { name, _ in #expect(name == "4.fits") }
        #expect(turn.taken == ["4.fits"])
        #expect(turn.left.map(\.name) == ["1.folder", "2.link", "3.large"])
        #expect(turn.left.map { "\($0.reason)" } == ["notAFile", "notAFile", "tooLarge(bytesMost: 10)"])
    }

    @Test("one that can't be moved is told, since it comes again")
    func notMoved() async throws {
        try deliver("1.a", "x")
        try Data().write(to: folder.appending(path: "cur/1.a:2,S"))
        let turn = try await Maildir(path: folder.path).takeEach { _, _ in }
        guard case .notMoved? = turn.left.first?.reason else { Issue.record("another reason"); return }
        #expect(try names("new") == ["1.a"])
    }

    @Test("a folder that isn't a maildir is an error")
    func noFolder() async throws {
        await #expect(throws: (any Error).self) { try await Maildir(path: folder.path + "/nowhere").takeEach { _, _ in } }
    }
}
