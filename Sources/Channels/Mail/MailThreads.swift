internal import Foundation

/// A fixed number of named threads for calls that block, so that none blocks the threads that tasks share.
final class MailThreads: Sendable {
    static let waitingMost = 1_000

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

    /// Runs on one of the threads, after what was asked before; nil, at once, when too much waits already.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        await withCheckedContinuation { continuation in
            let isAdded = queue.add { continuation.resume(returning: work()) }
            if !isAdded { continuation.resume(returning: nil) }
        }
    }

    /// Jobs in order. The condition guards both fields.
    private final class Queue: @unchecked Sendable {
        private let condition = NSCondition()
        private var jobs: [@Sendable () -> Void] = []
        private var isClosed = false

        /// Whether there was room.
        func add(_ job: @escaping @Sendable () -> Void) -> Bool {
            condition.lock()
            defer { condition.unlock() }
            guard jobs.count < waitingMost else { return false }
            jobs.append(job)
            condition.signal()
            return true
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
