internal import FollowUp
internal import Synchronization

/// Token buckets in memory: one for each client, as many as the limit lets, and one for all.
///
/// Clients are kept in two generations. When the younger one is full it becomes the older, and what the older one held is forgotten. So nothing is
/// ever searched for whom to forget, and a client is remembered until half as many others as the limit came after it.
final class RateLimiter: Sendable {
    enum Admission: Equatable {
        case admitted
        case refused(retryAfterSeconds: Int64)
    }

    private struct Clients {
        var young: [String: TokenBucket] = [:]
        var old: [String: TokenBucket] = [:]
        var all: TokenBucket
    }

    private let clientRate: RequestRate
    private let generationMost: Int
    private let clients: Mutex<Clients>

    init(client: RequestRate, overall: RequestRate, clientsMost: Int) {
        clientRate = client
        generationMost = max(clientsMost / 2, 1)
        clients = Mutex(Clients(all: TokenBucket(overall)))
    }

    /// - Parameter client: Nil for a request that only the limit for all is to hold for.
    func admit(_ client: String?, at now: Timestamp) -> Admission {
        clients.withLock { clients in
            var own = client.map { clients.young[$0] ?? clients.old[$0] ?? TokenBucket(clientRate) }
            own?.fill(at: now)
            clients.all.fill(at: now)
            let wait = max(own?.secondsToNext ?? 0, clients.all.secondsToNext)
            if wait == 0 {
                own?.take()
                clients.all.take()
            }
            if let client, let own { remember(own, of: client, in: &clients) }
            return wait == 0 ? .admitted : .refused(retryAfterSeconds: wait)
        }
    }

    /// Clients remembered now.
    var clientCount: Int { clients.withLock { $0.young.count + $0.old.count } }

    private func remember(_ bucket: TokenBucket, of client: String, in clients: inout Clients) {
        if clients.young[client] == nil, clients.young.count >= generationMost {
            clients.old = clients.young
            clients.young = [:]
        }
        clients.old[client] = nil
        clients.young[client] = bucket
    }
}

/// Requests that may still come. It counts in sixtieths, so that whole seconds fill it exactly.
private struct TokenBucket {
    private static let cost: Int64 = 60

    private let rate: RequestRate
    private var level: Int64
    private var filledAt: Timestamp?

    init(_ rate: RequestRate) {
        self.rate = rate
        level = rate.burst * Self.cost
    }

    /// A clock that was set back fills nothing.
    mutating func fill(at now: Timestamp) {
        let seconds = filledAt.map { max(now.secondsSince1970 - $0.secondsSince1970, 0) } ?? 0
        let (gain, overflows) = seconds.multipliedReportingOverflow(by: rate.perMinute)
        level = overflows ? rate.burst * Self.cost : min(level + min(gain, rate.burst * Self.cost), rate.burst * Self.cost)
        filledAt = now
    }

    mutating func take() { level -= Self.cost }

    /// 0 when a request may come now.
    var secondsToNext: Int64 { level >= Self.cost ? 0 : (Self.cost - level + rate.perMinute - 1) / rate.perMinute }
}
