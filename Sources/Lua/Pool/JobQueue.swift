internal import Foundation

/// The jobs that wait for a `SandboxThread`, first come, first served.
final class JobQueue: @unchecked Sendable {
    /// A job keeps its thread alive until it has run: an actor may go away at the end of its own last job.
    private typealias Waiting = (job: UnownedJob, thread: SandboxThread)

    private let condition = NSCondition()
    private var jobs: [Waiting] = []
    private var isClosed = false

    func append(_ job: UnownedJob, on thread: SandboxThread) {
        condition.lock()
        defer { condition.unlock() }
        jobs.append((job, thread))
        condition.signal()
    }

    /// Ends the loop. No job can wait then: each would hold the thread whose end closes the queue.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.signal()
    }

    func runUntilClosed() {
        while let next = takeAll() {
            for (job, thread) in next { job.runSynchronously(on: thread.asUnownedSerialExecutor()) }
        }
    }

    /// Waits for jobs; nil when none will come.
    private func takeAll() -> [Waiting]? {
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
