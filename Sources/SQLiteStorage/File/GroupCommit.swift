internal import GRDB
internal import Synchronization

/// Lets changes that wait for the writer share one transaction, and so one wait for the disk.
///
/// Each is acknowledged only when that transaction is durable. One that fails is undone alone; when the transaction itself fails, none of them is
/// kept and all are told. A change that finds the writer free has a transaction of its own, at once.
final class GroupCommit: Sendable {
    /// Changes in one transaction: what the first of them waits for stays short.
    static let changesMost = 64

    private struct Change: Sendable {
        let apply: @Sendable (Database) throws -> Void
        let finish: @Sendable ((any Error)?) -> Void
    }

    private let pool: DatabasePool
    /// Run around each transaction, on the writer's thread; what they throw fails the changes.
    private let before: @Sendable (Database) throws -> Void
    private let after: @Sendable (Database) throws -> Void
    private let waiting = Mutex<[Change]>([])

    init(
        pool: DatabasePool, before: @escaping @Sendable (Database) throws -> Void, after: @escaping @Sendable (Database) throws -> Void
    ) {
        self.pool = pool
        self.before = before
        self.after = after
    }

    /// Returns when the change is durable. A task that is cancelled meanwhile waits all the same: whether it was made must be known.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let value = Mutex<Value?>(nil)
            let change = Change(
                apply: { database in
                    let result = try body(database)
                    value.withLock { $0 = result }
                },
                finish: { error in continuation.resume(with: error.map(Result.failure) ?? .success(value.withLock { $0! })) })
            waiting.withLock { $0.append(change) }
            // One visit to the writer for each change: those that find nothing left, because an earlier one took it, are over at once.
            pool.asyncWriteWithoutTransaction { [self] database in commitWaiting(database) }
        }
    }

    private func commitWaiting(_ database: Database) {
        let changes = waiting.withLock { waiting in
            let next = Array(waiting.prefix(Self.changesMost))
            waiting.removeFirst(next.count)
            return next
        }
        guard !changes.isEmpty else { return }
        do {
            try before(database)
            let failures = try commit(changes, database)
            try after(database)
            for (change, failure) in zip(changes, failures) { change.finish(failure) }
        } catch {
            for change in changes { change.finish(error) }
        }
    }

    /// What was wrong with each; nil for those that are kept.
    private func commit(_ changes: [Change], _ database: Database) throws -> [(any Error)?] {
        var failures: [(any Error)?] = []
        try database.inTransaction(.immediate) {
            guard changes.count > 1 else {
                try changes[0].apply(database)
                return .commit
            }
            for change in changes {
                do {
                    try database.inSavepoint {
                        try change.apply(database)
                        return .commit
                    }
                    failures.append(nil)
                } catch {
                    // A full or failing disk undoes the whole transaction, not the change alone.
                    guard database.isInsideTransaction else { throw error }
                    failures.append(error)
                }
            }
            return .commit
        }
        return failures.isEmpty ? [nil] : failures
    }
}
