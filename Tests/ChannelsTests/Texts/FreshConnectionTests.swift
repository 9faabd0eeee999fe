import Foundation
import Testing

@testable import Channels

/// The same over TLS, where the handshake writes bytes of its own.
@Suite struct FreshConnectionTests {
    let folder: ScratchFolder
    let certificate: String
    let key: String

    init() async throws {
        let folder = try ScratchFolder()
        self.folder = folder
        let (certificate, key) = (folder.url.appending(path: "cert.pem").path, folder.url.appending(path: "key.pem").path)
        (self.certificate, self.key) = (certificate, key)
        let status = try await blocking {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        try #require(status == 0, "openssl made a certificate")
    }

    func exchange(with provider: Provider, trusting file: String?, permitted: Bool = true) async -> Exchange {
        await exchange(with: provider, ExchangeClients(trustRootsFile: file), permitted: permitted)
    }

    func exchange(with provider: Provider, _ clients: ExchangeClients, permitted: Bool = true) async -> Exchange {
        await FreshConnection(connectTimeoutSeconds: 5, answerTimeoutSeconds: 10, clients: clients).exchange(
            url: "https://localhost:\(provider.port)/2010-04-01/Accounts/\(Provider.account)/Messages.json",
            form: "To=%2B15551234567&From=%2B15005550006&Body=x", authorization: (Provider.account, Provider.token), answerLimitBytes: 10_000,
            permitted: { permitted })
    }

    @Test("a trusted server answers over TLS")
    func trusted() async throws {
        let provider = try await Provider("--tls", certificate, key)
        guard case .answered(let answer) = await exchange(with: provider, trusting: certificate) else { throw PeerFailure("not answered") }
        #expect(answer.status == 201)
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("a server that isn't trusted gets no byte of the request")
    func untrusted() async throws {
        let provider = try await Provider("--tls", certificate, key)
        let exchange = await exchange(with: provider, trusting: nil)
        guard case .notBegun(let reason) = exchange else { throw PeerFailure("\(exchange)") }
        #expect(reason == "the server's certificate isn't trusted")
        #expect(try provider.entries("connect").isEmpty)
    }

    @Test("why there was no connection is told in words", arguments: [
        ("http://127.0.0.1:1", "Connection refused"), ("http://localhost:1", "Connection refused"),
        ("http://nowhere.invalid", "the name nowhere.invalid isn't known"),
    ])
    func words(url: String, words: String) async throws {
        let exchange = await FreshConnection(connectTimeoutSeconds: 5, answerTimeoutSeconds: 10, clients: ExchangeClients(trustRootsFile: nil)).exchange(
            url: url, form: "", authorization: ("", ""), answerLimitBytes: 10)
        guard case .notBegun(let reason) = exchange else { throw PeerFailure("\(exchange)") }
        #expect(reason == words)
    }

    @Test("what breaks off over TLS may have been taken", arguments: ["reset-before-accept", "reset-after-accept", "short"])
    func broken(fault: String) async throws {
        let provider = try await Provider("--tls", certificate, key, "--fault", fault)
        let exchange = await exchange(with: provider, trusting: certificate)
        guard case .broken = exchange else { throw PeerFailure("\(exchange)") }
    }

    @Test("what is no longer permitted once the handshake is done doesn't begin")
    func notPermitted() async throws {
        let provider = try await Provider("--tls", certificate, key)
        let exchange = await exchange(with: provider, trusting: certificate, permitted: false)
        guard case .notBegun(let reason) = exchange else { throw PeerFailure("\(exchange)") }
        #expect(reason == "its time was over before the first byte")
        #expect(try provider.entries("connect").isEmpty)
    }

    @Test("authorities that change are known at the next connection")
    func changed() async throws {
        let provider = try await Provider("--tls", certificate, key)
        let authorities = folder.url.appending(path: "authorities.pem")
        let clients = ExchangeClients(trustRootsFile: authorities.path)
        guard case .notBegun = await exchange(with: provider, clients) else { throw PeerFailure("trusted by a file that isn't there") }
        try Data(contentsOf: URL(filePath: certificate)).write(to: authorities)
        guard case .answered = await exchange(with: provider, clients) else { throw PeerFailure("not trusted by the new file") }
        guard case .answered = await exchange(with: provider, clients) else { throw PeerFailure("not trusted again") }
        try Data("no certificate".utf8).write(to: authorities, options: .atomic)
        guard case .notBegun = await exchange(with: provider, clients) else { throw PeerFailure("trusted by a file that says nothing") }
        #expect(try provider.entries("accept").count == 2)
    }

    @Test("exchanges one after the other have a connection each, whatever became of the last one", arguments: [false, true])
    func oneAfterTheOther(overTLS: Bool) async throws {
        let faults = ["none", "reset-after-accept", "none", "none", "short", "reset-before-accept", "none", "500-after-accept", "none"]
        let words = (overTLS ? ["--tls", certificate, key] : []) + faults.flatMap { ["--fault", $0] }
        let provider = try await Provider(words)
        let clients = ExchangeClients(trustRootsFile: certificate)
        var ends: [String] = []
        for _ in faults {
            let url = (overTLS ? "https" : "http") + "://localhost:\(provider.port)/2010-04-01/Accounts/\(Provider.account)/Messages.json"
            let exchange = await FreshConnection(connectTimeoutSeconds: 5, answerTimeoutSeconds: 10, clients: clients).exchange(
                url: url, form: "To=%2B15551234567&From=%2B15005550006&Body=x", authorization: (Provider.account, Provider.token), answerLimitBytes: 10_000)
            switch exchange {
            case .answered(let answer): ends.append("\(answer.status)")
            case .broken: ends.append("broken")
            case .notBegun(let reason): ends.append(reason)
            }
        }
        #expect(ends == ["201", "broken", "201", "201", "broken", "broken", "201", "500", "201"])
        #expect(try provider.entries("connect").count == faults.count)
        #expect(try provider.entries("reuse").isEmpty)
    }

    @Test("an answer over its limit breaks off")
    func limit() async throws {
        let provider = try await Provider()
        let exchange = await FreshConnection(connectTimeoutSeconds: 5, answerTimeoutSeconds: 10, clients: ExchangeClients(trustRootsFile: nil)).exchange(
            url: provider.url + "/2010-04-01/Accounts/\(Provider.account)/Messages.json", form: "To=%2B15551234567&From=%2B15005550006&Body=x",
            authorization: (Provider.account, Provider.token), answerLimitBytes: 100)
        guard case .broken = exchange else { throw PeerFailure("\(exchange)") }
        #expect(try provider.entries("accept").count == 1)
    }
}
