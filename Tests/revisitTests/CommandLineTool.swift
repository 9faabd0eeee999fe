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

    /// The built binary, beside that of the tests.
    static let executable = (Bundle.main.executableURL?.deletingLastPathComponent() ?? root).appending(path: "revisit")

    static func run(_ arguments: String..., in folder: URL = root) throws -> Run { try run(arguments, in: folder) }

    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - environment: Over that of the tests.
    static func run(
        _ arguments: [String], in folder: URL = root, input: String = "", environment: [String: String] = [:]
    ) throws -> Run {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["REVISIT_STDLIB": root.appending(path: "stdlib").path, "LC_ALL": "C.UTF-8", "CI": ""]) { $1 }
            .merging(environment) { $1 }
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
        let entries = scratch.appending(path: "in")
        try input.write(to: entries, atomically: true, encoding: .utf8)
        process.standardInput = try FileHandle(forReadingFrom: entries)
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, output: try Data(contentsOf: files[0].0),
            complaints: String(decoding: try Data(contentsOf: files[1].0), as: UTF8.self))
    }
}
