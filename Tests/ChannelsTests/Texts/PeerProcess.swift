import Foundation
import Testing

/// A real process beside the tests. It ends when its standard input does, so none outlives them.
final class PeerProcess: Sendable {
    /// The package's folder.
    static let root = (0..<4).reduce(URL(filePath: #filePath)) { file, _ in file.deletingLastPathComponent() }
    static let peers = root.appending(path: "Tests/Peers")

    /// The interpreter that has what Tests/Peers/requirements.txt lists.
    static func python() throws -> String {
        let python = root.appending(path: ".build/peers/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: python) else { throw PeerFailure("the peers' Python isn't there: run `make peers` first") }
        return python
    }

    private let process = Process()
    private let input: FileHandle
    private let output: FileHandle

    init(_ executable: String, _ arguments: [String]) throws {
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [executable] + arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        input = stdin.fileHandleForWriting
        output = stdout.fileHandleForReading
        try process.run()
    }

    deinit {
        process.terminate()
    }

    /// - Throws: When the process ended before it wrote a line.
    func line() async throws -> String { try await blocking { try self.nextLine() } }

    private func nextLine() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try output.read(upToCount: 1)
            guard let first = byte?.first else { throw PeerFailure("\(process.arguments ?? []) ended without a line") }
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
    }

    /// Writes every line, then reads as many.
    ///
    /// Both at once: a pipe holds 64 KiB, and the process waits until its answers are read.
    func answers(to lines: [String]) async throws -> [String] {
        async let written: Void = blocking { try self.input.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8)) }
        let answers = try await blocking { try lines.map { _ in try self.nextLine() } }
        try await written
        return answers
    }
}

/// Runs what waits for another process on a thread that may wait: the tests' own threads are few, and all tests share them.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: work)) }.start()
    }
}

struct PeerFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A folder that goes with its fixture.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            Issue.record("can't remove \(url.path): \(error)")
        }
    }
}
