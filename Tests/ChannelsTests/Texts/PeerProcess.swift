import Foundation
import Testing

/// A real process beside the tests. It ends when its standard input does, so none outlives them.
final class PeerProcess: Sendable {
    /// The package's folder.
    static let root = (0..<4).reduce(URL(filePath: #filePath)) { file, _ in file.deletingLastPathComponent() }
    static let peers = root.appending(path: "Tests/Peers")

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
    func line() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try output.read(upToCount: 1)
            guard let first = byte?.first else { throw PeerFailure("\(process.arguments ?? []) ended without a line") }
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
    }

    /// Writes every line, then reads as many.
    func answers(to lines: [String]) throws -> [String] {
        let input = input
        // Written from elsewhere: a pipe holds 64 KiB, and the process waits for its answers to be read.
        let writer = Thread {
            do {
                try input.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
            } catch {
                Issue.record("the process doesn't read: \(error)")
            }
        }
        writer.start()
        return try lines.map { _ in try line() }
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
