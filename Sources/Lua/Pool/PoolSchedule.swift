internal import Foundation

/// Which thread of a pool runs which call next.
///
/// Rooftops take turns: one call each. A thread prefers the rooftops whose images it has.
final class PoolSchedule: @unchecked Sendable {
    /// A call that is over, and how long it took.
    struct Ended {
        let rooftop: String
        let seconds: Double
    }

    private struct Tenant {
        var jobs: [PoolJob] = []
        var isRunning = false
        var isReady = false
        /// The thread that ran it last.
        var home: Int?
        /// Of its calls, the later ones counting for more.
        var averageSeconds = 0.0
    }

    private static let slowThread = 0
    /// What one more call counts in the average.
    private static let weight = 0.2

    let threads: Int
    private let slowSeconds: Double
    private let condition = NSCondition()
    private var tenants: [String: Tenant] = [:]
    /// Rooftops that have a call waiting and none running, in their turn.
    private var ready: [String] = []
    private var isClosed = false

    init(threads: Int, slowSeconds: Double) {
        self.threads = threads
        self.slowSeconds = slowSeconds
    }

    func append(_ job: PoolJob) {
        condition.lock()
        defer { condition.unlock() }
        tenants[job.rooftop, default: Tenant()].jobs.append(job)
        makeReady(job.rooftop)
    }

    /// The pool is gone; nobody waits for a call then.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }

    /// Waits for a call that the thread may run; nil when there will be none.
    func next(for thread: Int, after ended: Ended?) -> PoolJob? {
        condition.lock()
        defer { condition.unlock() }
        if let ended { note(ended) }
        while true {
            if let place = choose(for: thread) { return take(place, on: thread) }
            if isClosed { return nil }
            condition.wait()
        }
    }

    private func note(_ ended: Ended) {
        guard var tenant = tenants[ended.rooftop] else { return }
        tenant.isRunning = false
        tenant.averageSeconds += (ended.seconds - tenant.averageSeconds) * Self.weight
        tenants[ended.rooftop] = tenant
        makeReady(ended.rooftop)
    }

    private func makeReady(_ rooftop: String) {
        guard let tenant = tenants[rooftop], !tenant.isRunning, !tenant.jobs.isEmpty, !tenant.isReady else { return }
        tenants[rooftop]?.isReady = true
        ready.append(rooftop)
        condition.broadcast()
    }

    /// The place in `ready` of the rooftop whose turn it is on that thread.
    private func choose(for thread: Int) -> Int? {
        var stranger: Int?
        for (place, rooftop) in ready.enumerated() where isSlow(rooftop) == (thread == Self.slowThread) {
            if tenants[rooftop]?.home == thread { return place }
            stranger = stranger ?? place
        }
        return stranger ?? (thread == Self.slowThread ? ready.indices.first : nil)
    }

    private func isSlow(_ rooftop: String) -> Bool { (tenants[rooftop]?.averageSeconds ?? 0) > slowSeconds }

    private func take(_ place: Int, on thread: Int) -> PoolJob? {
        let rooftop = ready.remove(at: place)
        guard var tenant = tenants[rooftop] else { return nil }
        let job = tenant.jobs.removeFirst()
        tenant.isReady = false
        tenant.isRunning = true
        tenant.home = thread
        tenants[rooftop] = tenant
        return job
    }
}
