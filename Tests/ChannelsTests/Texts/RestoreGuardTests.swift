import FollowUp
import Testing

@testable import Channels

@Suite struct RestoreGuardTests {
    private func guarded(_ provider: Provider, startedAt: Timestamp = Given.noon) throws -> RestoreGuard {
        let gateway = Given.gateway(try Given.settings(provider.url))
        return RestoreGuard(gateway: gateway, lookup: gateway, startedAt: startedAt, clock: StandingClock(Given.noon))
    }

    @Test("what a lost ledger had sent counts as sent, and isn't sent again")
    func found() async throws {
        let provider = try await Provider()
        let before = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        let after = await (try guarded(provider)).send(Given.text(attempt: 1, body: "Other words by now: https://r.example.com/b/aaaaaaaaac", dueAt: Given.noon - 60))
        #expect(after == before)
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("it is found also while the provider hasn't sent it on")
    func queued() async throws {
        let provider = try await Provider("--send-delay", "3600")
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text())
        _ = await (try guarded(provider)).send(Given.text(dueAt: Given.noon - 60))
        #expect(try provider.entries("accept").count == 1)
    }

    @Test("what the provider doesn't have is sent")
    func notFound() async throws {
        let provider = try await Provider()
        _ = await Given.gateway(try Given.settings(provider.url)).send(Given.text(13))
        guard case .accepted = await (try guarded(provider)).send(Given.text(dueAt: Given.noon)) else {
            Issue.record("it wasn't sent")
            return
        }
        #expect(try provider.entries("accept").count == 2)
    }

    @Test("while the provider can't be asked nothing goes out", arguments: ["500@list", "truncated@list", "reset-before-accept@list"])
    func unknown(fault: String) async throws {
        let provider = try await Provider("--fault", fault)
        guard case .notAccepted(Given.noon + RestoreGuard.retrySeconds, _) = await (try guarded(provider)).send(Given.text(dueAt: Given.noon - 60)) else {
            Issue.record("it should wait")
            return
        }
        #expect(try provider.entries("accept").isEmpty)
    }

    @Test("what fell due since it started is sent without a question")
    func dueLater() async throws {
        let provider = try await Provider()
        _ = await (try guarded(provider, startedAt: Given.noon - 60)).send(Given.text(dueAt: Given.noon - 59))
        #expect(try provider.entries("accept").count == 1 && provider.entries("connect").count == 1)
    }
}
