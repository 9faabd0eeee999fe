/// Keeps the acknowledgement of an opt-out from overtaking a send that is about to start in the same process.
///
/// Whoever sends enters before the last look at the ledger and leaves when the gateway is done; whoever acknowledges waits, after the
/// opt-out is durable, until no send to the address is inside.
public actor SendGate {
    private var inside: [String: Int] = [:]
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    public init() {}

    func enter(_ addresses: [String]) {
        for address in addresses { inside[address, default: 0] += 1 }
    }

    func leave(_ address: String) {
        guard let count = inside[address] else { return }
        guard count == 1 else {
            inside[address] = count - 1
            return
        }
        inside[address] = nil
        for continuation in waiting.removeValue(forKey: address) ?? [] { continuation.resume() }
    }

    /// Runs a send, its last look at the ledger included.
    public func `while`(sendingTo address: String, _ send: @Sendable () async throws -> Void) async throws {
        enter([address])
        defer { leave(address) }
        try await send()
    }

    /// Returns when no send to the address is under way.
    public func quiet(_ address: String) async {
        guard inside[address] != nil else { return }
        await withCheckedContinuation { waiting[address, default: []].append($0) }
    }
}
