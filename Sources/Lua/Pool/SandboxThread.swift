internal import Foundation

/// A thread of its own for an actor that runs scripts, with a stack for Lua's recursion.
///
/// A slow script holds up this thread and not Swift's shared pool. Pin an actor to it, and make its machine there:
/// ```
/// actor Scripts {
///     private let thread = SandboxThread()
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
/// }
/// ```
/// The thread ends when the last reference to this object is gone; a job that waits is such a reference.
public final class SandboxThread: SerialExecutor {
    /// Lua's C recursion needs at most 2 MB, of which the pages that are never touched cost nothing.
    public static let stackBytes = 8 << 20

    private let queue: JobQueue

    /// Runs `body` on a thread of its own, for what happens once.
    public static func perform<Output: Sendable>(_ body: @escaping @Sendable () throws -> Output) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.stackSize = stackBytes
            thread.start()
        }
    }

    public init() {
        let queue = JobQueue()
        self.queue = queue
        // The thread holds the queue and not this object, whose end is what closes the queue.
        let thread = Thread { queue.runUntilClosed() }
        thread.stackSize = Self.stackBytes
        thread.start()
    }

    deinit {
        queue.close()
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        queue.append(UnownedJob(job), on: self)
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
