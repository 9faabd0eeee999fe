import Channels
import Foundation
import FollowUp

/// A real SMTP server on loopback with a ledger of its own; it ends with the object.
final class MailServer {
    let port: Int
    private let process: Process
    private let input = Pipe()
    private let folder: URL

    init(_ arguments: String...) throws {
        folder = try Peers.temporaryFolder()
        process = try Peers.process("mail_server.py", [folder.path] + arguments)
        let output = Pipe()
        let complaints = folder.appending(path: "stderr")
        try Data().write(to: complaints)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
        var line = Data()
        while line.last != 0x0A {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Peers.Failure(description: "the mail server didn't start: " + (try String(contentsOf: complaints, encoding: .utf8)))
        }
        self.port = port
    }

    deinit {
        // Not SIGTERM: children inherit a mask that blocks it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The messages that the server has.
    var accepted: [Data] {
        get throws { try files(".eml").map { try Data(contentsOf: $0) } }
    }

    var envelopes: [String] {
        get throws { try files(".json").map { try String(contentsOf: $0, encoding: .utf8) } }
    }

    /// How many final dots arrived.
    var dots: Int { lines("dots").count }
    /// The commands that came, and CONNECT for each connection.
    var commands: [String] { lines("commands") }

    func settings(
        _ security: SMTPSettings.Security = .none, host: String = "localhost", login: SMTPSettings.Login? = nil, trusted: Bool = true, connectTimeoutSeconds: Int = 5,
        dotTimeoutSeconds: Int = 60, totalTimeoutSeconds: Int = 60
    ) throws -> SMTPSettings {
        try SMTPSettings(
            host: host, port: port, security: security, login: login,
            authoritiesFile: trusted && security != .none ? folder.appending(path: "authority.pem").path : nil, heloName: "revisit.example",
            connectTimeoutSeconds: connectTimeoutSeconds, dotTimeoutSeconds: dotTimeoutSeconds, totalTimeoutSeconds: totalTimeoutSeconds)
    }

    private func files(_ suffix: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder.appending(path: "accepted"), includingPropertiesForKeys: nil)
            .filter { $0.path.hasSuffix(suffix) }.sorted { $0.path < $1.path }
    }

    private func lines(_ name: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: folder.appending(path: name).path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
