import Foundation

/// Other people's code in Python, beside the tests; installed on first use under the package's `.build/peers`.
enum PythonPeer {
    private static let root = (0..<3).reduce(URL(filePath: #filePath)) { file, _ in file.deletingLastPathComponent() }
    private static let packages = ["twilio==9.13.0", "prometheus-client==0.26.0"]
    /// The interpreter; made once however many tests ask.
    private static let python: Result<String, any Error> = Result { try installed() }

    /// Runs a script of `Tests/Peers` on an input and gives what it wrote.
    static func run(_ script: String, _ input: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            // A thread that may wait: the tests' own are few.
            Thread {
                continuation.resume(
                    with: Result { try output(of: [try python.get(), root.appending(path: "Tests/Peers/\(script)").path], input) })
            }.start()
        }
    }

    private static func installed() throws -> String {
        let folder = root.appending(path: ".build/peers/server")
        let python = folder.appending(path: "bin/python").path
        let stamp = folder.appending(path: packages.joined(separator: "+")).path
        if FileManager.default.fileExists(atPath: stamp) { return python }
        _ = try output(of: ["python3", "-m", "venv", folder.path], "")
        _ = try output(of: [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"] + packages, "")
        guard FileManager.default.createFile(atPath: stamp, contents: nil) else { throw Unexpected("can't write \(stamp)") }
        return python
    }

    private static func output(of arguments: [String], _ input: String) throws -> String {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        // Inputs of the tests fit a pipe.
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unexpected("\(arguments) ended with \(process.terminationStatus)") }
        return String(decoding: output, as: UTF8.self)
    }
}

/// Prometheus's own parser of the text format.
enum PrometheusReader {
    struct Sample: Decodable {
        let name: String
        let labels: [String: String]
        /// "inf" and "nan" as Python writes them.
        let number: String

        var value: Double? { Double(number) }
    }

    static func samples(of exposition: String) async throws -> [Sample] {
        try JSONDecoder().decode([Sample].self, from: Data(try await PythonPeer.run("prometheus_reader.py", exposition).utf8))
    }
}

/// Twilio's own validator, as the account's side of it: it signs.
enum TwilioSigner {
    static func signature(token: String, url: String, _ parameters: [(String, String)]) async throws -> String {
        let question: [String: Any] = ["op": "sign", "token": token, "url": url, "parameters": parameters.map { [$0.0, $0.1] }]
        let line = String(decoding: try JSONSerialization.data(withJSONObject: question), as: UTF8.self) + "\n"
        let answer = try JSONDecoder().decode([String: String].self, from: Data(try await PythonPeer.run("twilio_client.py", line).utf8))
        guard let signature = answer["signature"] else { throw Unexpected("no signature") }
        return signature
    }
}
