internal import Foundation

/// A fixed number of named threads for calls that block, so that none blocks the threads that tasks share.
final class MailThreads: Sendable {
    private let queue = Queue()

    /// - Parameter name: The threads' names begin with it: "mail-1".
    init(name: String, count: Int) {
        for number in 1...max(count, 1) {
            let thread = Thread { [queue] in
                while let job = queue.next() { job() }
            }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
    }

    /// Threads end when what was asked of them is done.
    deinit {
        queue.close()
    }

    /// Runs on one of the threads, after what was asked before.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.add { continuation.resume(returning: work()) }
        }
    }

    /// Jobs in order. The condition guards both fields.
    private final class Queue: @unchecked Sendable {
        private let condition = NSCondition()
        private var jobs: [@Sendable () -> Void] = []
        private var isClosed = false

        func add(_ job: @escaping @Sendable () -> Void) {
            condition.lock()
            jobs.append(job)
            condition.signal()
            condition.unlock()
        }

        /// Waits; nil when there will be none.
        func next() -> (@Sendable () -> Void)? {
            condition.lock()
            defer { condition.unlock() }
            while jobs.isEmpty {
                if isClosed { return nil }
                condition.wait()
            }
            return jobs.removeFirst()
        }

        func close() {
            condition.lock()
            isClosed = true
            condition.broadcast()
            condition.unlock()
        }
    }
}
