import Foundation
import Testing

@testable import Channels

/// A running double of Twilio's API with its own ledger (Tests/Peers/provider.py).
final class Provider: Sendable {
    struct Entry: Decodable {
        let kind: String
        let sid: String?
        let to: String?
        let body: String?
        let form: [String: String]?
        let connection: Int?
        let http: Int?
    }

    static let account = "AC" + String(repeating: "0", count: 32)
    static let token = "0123456789abcdef0123456789abcdef"

    let port: Int
    let folder: ScratchFolder
    private let process: PeerProcess

    convenience init(_ options: String...) async throws { try await self.init(options) }

    init(_ options: [String]) async throws {
        folder = try ScratchFolder()
        process = try PeerProcess(
            "python3",
            [
                PeerProcess.peers.appending(path: "provider.py").path, "--while-stdin-open", "--ledger", folder.url.appending(path: "ledger").path,
                "--account", Self.account, "--token", Self.token,
            ] + options)
        port = try #require(Int(try await process.line()))
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func entries(_ kind: String) throws -> [Entry] {
        try Data(contentsOf: folder.url.appending(path: "ledger")).split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Entry.self, from: $0) }
            .filter { $0.kind == kind }
    }

    /// - Returns: The answer's JSON.
    @discardableResult
    func control(_ name: String, _ told: [String: any Sendable]) async throws -> Data {
        let json = String(decoding: try JSONSerialization.data(withJSONObject: told), as: UTF8.self)
        let exchange = await FreshConnection(connectTimeoutSeconds: 5, answerTimeoutSeconds: 30, clients: ExchangeClients(trustRootsFile: nil)).exchange(
            url: "\(url)/control/\(name)", form: json, authorization: ("", ""), answerLimitBytes: 1 << 20)
        guard case .answered(let answer) = exchange, answer.status == 200 else { throw PeerFailure("the double's control failed: \(exchange)") }
        return Data(answer.body)
    }
}
