internal import Foundation

/// A thread of its own for an actor that runs scripts, with a stack for Lua's recursion.
///
/// A slow script holds up this thread and not Swift's shared pool. Pin an actor to it, and make its machine there:
/// ```
/// actor Scripts {
///     private let thread: SandboxThread
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
/// }
/// ```
/// The thread ends when the last reference to this object is gone and its jobs are done, or at `shutDown()`.
public final class SandboxThread: SerialExecutor {
    /// Lua's C recursion needs at most 2 MB.
    public static let stackBytes = 8 << 20

    private let queue: JobQueue

    public init() {
        let queue = JobQueue()
        self.queue = queue
        let thread = Thread {
            Thread.current.name = "revisit-lua"
            queue.runUntilClosed()
        }
        thread.stackSize = Self.stackBytes
        thread.start()
    }

    deinit {
        queue.close()
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        queue.append(UnownedJob(job), on: asUnownedSerialExecutor())
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Runs the jobs that wait, then ends the thread, and returns when all of them have run. Not for use on the thread itself.
    public func shutDown() {
        queue.close()
        queue.waitUntilEnded()
    }
}
