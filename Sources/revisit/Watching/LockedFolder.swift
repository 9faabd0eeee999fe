internal import Foundation

/// A folder that belongs to one process while it lives: the system lets go of the lock when the process ends, however it ends.
final class LockedFolder {
    private static let lockName = ".lock"

    let path: String
    private let lock: Int32

    /// Makes a folder that shows only once it is locked; nil when it can't be made.
    init?(making parent: String, _ name: String) {
        let hidden = "\(parent)/.\(name)"
        guard mkdir(hidden, 0o777) == 0 else { return nil }
        let lock = open("\(hidden)/\(Self.lockName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard lock >= 0 else { return nil }
        path = "\(parent)/\(name)"
        self.lock = lock
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, rename(hidden, path) == 0 else { return nil }
    }

    /// Takes over the folder of a process that is no more; nil while its process lives, or when another one was quicker.
    init?(takingOver path: String) {
        let lock = open("\(path)/\(Self.lockName)", O_RDWR | O_CLOEXEC)
        guard lock >= 0 else { return nil }
        self.path = path
        self.lock = lock
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    deinit {
        close(lock)
    }

    /// The names of the files in it.
    var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0 != Self.lockName }.sorted()
    }

    /// Removes the folder unless a file is left in it.
    func removeIfEmpty() {
        guard files.isEmpty else { return }
        unlink("\(path)/\(Self.lockName)")
        rmdir(path)
    }
}
