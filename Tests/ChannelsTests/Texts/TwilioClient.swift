import Foundation

/// Twilio's own Python library.
struct TwilioClient {
    let process: PeerProcess

    init() async throws {
        process = try PeerProcess(PeerProcess.python(), [PeerProcess.peers.appending(path: "twilio_client.py").path])
    }

    /// Gives each question's answer, JSON both.
    func answers(to questions: [[String: Any]]) async throws -> [[String: Any]] {
        let lines = try questions.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
        return try await process.answers(to: lines).map { line in
            guard let answer = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { throw PeerFailure("no JSON object: \(line)") }
            return answer
        }
    }
}
