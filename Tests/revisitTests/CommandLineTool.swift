import Foundation

/// The built `revisit`, run as a person would run it.
struct CommandLineTool {
    struct Run {
        let status: Int32
        let output: Data
        let complaints: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func run(_ arguments: String..., in folder: URL = root) throws -> Run { try run(arguments, in: folder) }

    static func run(_ arguments: [String], in folder: URL = root) throws -> Run {
        guard let products = Bundle.main.executableURL?.deletingLastPathComponent() else { throw CocoaError(.fileNoSuchFile) }
        let process = Process()
        process.executableURL = products.appending(path: "revisit")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["REVISIT_STDLIB": root.appending(path: "stdlib").path]) { $1 }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "revisit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: a pipe that nobody reads fills up.
        let files = try ["out", "err"].map { name in
            let file = scratch.appending(path: name)
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            return (file, try FileHandle(forWritingTo: file))
        }
        process.standardOutput = files[0].1
        process.standardError = files[1].1
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, output: try Data(contentsOf: files[0].0),
            complaints: String(decoding: try Data(contentsOf: files[1].0), as: UTF8.self))
    }
}
