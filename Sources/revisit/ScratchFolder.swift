internal import Foundation

/// A folder for what is thrown away at the end.
final class ScratchFolder: Sendable {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "revisit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Console.note("left behind: \(folder.path)")
        }
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }
}
