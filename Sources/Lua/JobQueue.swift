internal import Foundation

/// The jobs that wait for a `SandboxThread`, first come, first served.
final class JobQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    private var isClosed = false
    private var hasEnded = false

    func append(_ job: UnownedJob, on executor: UnownedSerialExecutor) {
        condition.lock()
        defer { condition.unlock() }
        precondition(!isClosed, "a job came for a SandboxThread that was shut down")
        jobs.append((job, executor))
        condition.signal()
    }

    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }

    func runUntilClosed() {
        while let next = takeAll() {
            for (job, executor) in next { job.runSynchronously(on: executor) }
        }
        condition.lock()
        defer { condition.unlock() }
        hasEnded = true
        condition.broadcast()
    }

    func waitUntilEnded() {
        condition.lock()
        defer { condition.unlock() }
        while !hasEnded { condition.wait() }
    }

    /// Waits for jobs; nil when there are none and none will come.
    private func takeAll() -> [(job: UnownedJob, executor: UnownedSerialExecutor)]? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        defer { jobs = [] }
        return jobs
    }
}
