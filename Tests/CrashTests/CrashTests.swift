import Foundation
import Testing

/// Real processes that die and come back. What is wrong afterwards is found by crash.py and check.py, which share no code with the product.
@Suite struct CrashTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let executable = (Bundle.main.executableURL?.deletingLastPathComponent() ?? root).appending(path: "revisit")

    @Test("200 deaths of serve lose nothing and send nothing twice", .timeLimit(.minutes(10)))
    func deaths() async throws {
        // On a thread of its own: it waits for minutes, and the pool's threads, which all tests share, are few.
        let report = try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try Self.run(["--kills", "200"]) }) }.start()
        }
        #expect(report.status == 0, "\(report.text)")
    }

    private static func run(_ options: [String]) throws -> (status: Int32, text: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "revisit-crash-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = folder.appending(path: "report")
        _ = FileManager.default.createFile(atPath: report.path, contents: nil)
        let output = try FileHandle(forWritingTo: report)
        // It ends with its standard input, and everything that it started ends with it.
        let life = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", root.appending(path: "Tests/CrashTests/crash.py").path, "--while-stdin-open", "--revisit", executable.path,
        ] + options
        process.standardInput = life
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        try life.fileHandleForWriting.close()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: report), as: UTF8.self))
    }
}
