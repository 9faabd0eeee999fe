import Foundation

/// Programs of Tests/Peers, run as real processes by the Python of `.build/peers`.
enum Peers {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func process(_ script: String, _ arguments: [String]) throws -> Process {
        let python = root.appending(path: ".build/peers/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "the peers' Python isn't there: run `make peers` first")
        }
        let process = Process()
        process.executableURL = python
        process.arguments = [root.appending(path: "Tests/Peers/\(script)").path] + arguments
        return process
    }

    /// Runs to the end; gives what it printed and its status.
    static func run(_ script: String, _ arguments: [String] = [], input: Data = Data()) throws -> (output: Data, status: Int32) {
        let process = try process(script, arguments)
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "input")
        try input.write(to: file)
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (bytes, process.terminationStatus)
    }

    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "revisit-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
