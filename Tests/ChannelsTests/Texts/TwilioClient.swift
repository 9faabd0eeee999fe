import Foundation

/// Twilio's own Python library, installed on first use under the package's `.build/peers`.
struct TwilioClient {
    static let version = "9.13.0"

    /// The interpreter that has it; made once however many tests ask.
    private static let python: Result<String, any Error> = Result { try installed() }

    let process: PeerProcess

    init() async throws {
        process = try PeerProcess(try await blocking { try Self.python.get() }, [PeerProcess.peers.appending(path: "twilio_client.py").path])
    }

    /// Gives each question's answer, JSON both.
    func answers(to questions: [[String: Any]]) async throws -> [[String: Any]] {
        let lines = try questions.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
        return try await process.answers(to: lines).map { line in
            guard let answer = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { throw PeerFailure("no JSON object: \(line)") }
            return answer
        }
    }

    private static func installed() throws -> String {
        let folder = PeerProcess.root.appending(path: ".build/peers/twilio")
        let python = folder.appending(path: "bin/python").path
        let stamp = folder.appending(path: "twilio-\(version)").path
        if FileManager.default.fileExists(atPath: stamp) { return python }
        try run("python3", "-m", "venv", folder.path)
        try run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "twilio==\(version)")
        guard FileManager.default.createFile(atPath: stamp, contents: nil) else { throw PeerFailure("can't write \(stamp)") }
        return python
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PeerFailure("\(arguments.joined(separator: " ")) ended with \(process.terminationStatus)") }
    }
}
