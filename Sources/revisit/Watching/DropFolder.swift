internal import Foundation
internal import FollowUp

/// A folder into which exports are dropped, and the folders in it where they go.
///
/// A file is claimed by renaming it into `taking/`, below a folder of this process that is locked for as long as the process
/// lives. So no two watchers take the same file, and what a process that died has left is taken up by the next.
final class DropFolder {
    /// The folder can't be used as one.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    /// A file that lies in the folder.
    struct Entry: Equatable {
        let name: String
        let size: Int
        let writtenAt: Timestamp
        /// Nanoseconds of `writtenAt`, and the file's number: what else changes when it is written or replaced.
        let print: [Int]
    }

    /// A file that is this process's to take in.
    struct Claim {
        let name: String
        let path: String
        let writtenAt: Timestamp
        fileprivate let holder: LockedFolder
    }

    /// Endings of files that other programs are still writing.
    private static let unfinished = [".part", ".partial", ".tmp", ".temp", "~", ".crdownload", ".download", ".filepart", ".swp"]

    private let path: String
    private let marker: String?
    private let mine: LockedFolder

    /// - Parameters:
    ///   - marker: How the name of a file ends that says another one is complete, as ".done"; nil when there are none.
    ///   - id: A name that no other watcher has.
    init(path: String, marker: String?, id: String) throws(Unusable) {
        self.path = path
        self.marker = marker
        var status = stat()
        guard stat(path, &status) == 0 else { throw Unusable(description: "there is no folder \(path); make it, or watch another one") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw Unusable(description: "\(path) is no folder; --watch takes one") }
        for name in ["taking", "taken", "held-back"] {
            guard mkdir("\(path)/\(name)", 0o777) == 0 || errno == EEXIST else {
                throw Unusable(description: "\(path)/\(name) can't be made (\(Self.reason)); see that you may write to \(path)")
            }
        }
        guard let mine = LockedFolder(making: "\(path)/taking", id) else {
            throw Unusable(description: "\(path)/taking can't be written (\(Self.reason)); see that you may write to it")
        }
        self.mine = mine
    }

    deinit {
        mine.removeIfEmpty()
    }

    /// The plain files that may be exports; with markers, those that one says are complete. Hidden files, links, folders and
    /// files that are being written under a temporary name are left alone.
    func entries() throws(Unusable) -> [Entry] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Unusable(description: "\(path) can't be read any more: \(Self.reason)")
        }
        let all = Set(names)
        return names.sorted().compactMap { name in
            guard !name.hasPrefix("."), !Self.unfinished.contains(where: { name.lowercased().hasSuffix($0) }) else { return nil }
            if let marker { guard !name.hasSuffix(marker), all.contains(name + marker) else { return nil } }
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return Entry(
                name: name, size: Int(status.st_size), writtenAt: Timestamp(secondsSince1970: Int64(status.st_mtim.tv_sec)),
                print: [Int(status.st_mtim.tv_nsec), Int(status.st_ino)])
        }
    }

    /// Takes the file for this process; nil when another one was quicker.
    func claim(_ entry: Entry) throws(Unusable) -> Claim? {
        let target = "\(mine.path)/\(entry.name)"
        guard rename("\(path)/\(entry.name)", target) == 0 else {
            if errno == ENOENT { return nil }
            throw Unusable(description: "\(path)/\(entry.name) can't be claimed (\(Self.reason)); see that you may write to the folder")
        }
        removeMarker(of: entry.name)
        return Claim(name: entry.name, path: target, writtenAt: entry.writtenAt, holder: mine)
    }

    /// What processes that are no more had claimed and not finished.
    func leftovers() throws(Unusable) -> [Claim] {
        let taking = "\(path)/taking"
        let folders: [String]
        do {
            folders = try FileManager.default.contentsOfDirectory(atPath: taking)
        } catch {
            throw Unusable(description: "\(taking) can't be read (\(Self.reason)); what an earlier import left there would be passed over")
        }
        return folders.sorted().filter { !$0.hasPrefix(".") && "\(taking)/\($0)" != mine.path }.flatMap { name -> [Claim] in
            guard let dead = LockedFolder(takingOver: "\(taking)/\(name)") else { return [] }
            let files = dead.files
            if files.isEmpty { dead.removeIfEmpty() }
            return files.map { file in
                // It died between claiming the file and removing its marker, unless another such file has come since.
                if !FileManager.default.fileExists(atPath: "\(path)/\(file)") { removeMarker(of: file) }
                let left = "\(dead.path)/\(file)"
                return Claim(
                    name: file, path: left, writtenAt: FileStamp.writtenAt(path: left) ?? Timestamp(secondsSince1970: 0), holder: dead)
            }
        }
    }

    /// Keeps a file that was taken in, under its stamp and hash, and gives where. The same content twice is kept once.
    @discardableResult
    func keep(_ claim: Claim, as prefix: String) throws(Unusable) -> String {
        try move(claim, to: "taken/\(prefix)_\(claim.name)")
    }

    /// Puts a file that was refused aside with the reason beside it, and gives where.
    func holdBack(_ claim: Claim, as prefix: String, because reason: String) throws(Unusable) -> String {
        let place = "held-back/\(prefix)_\(claim.name)"
        do {
            try Data(reason.utf8).write(to: URL(filePath: "\(path)/\(place).reason.txt"))
        } catch {
            throw Unusable(description: "\(path)/held-back can't be written: \(Self.reason)")
        }
        return try move(claim, to: place)
    }

    private func move(_ claim: Claim, to place: String) throws(Unusable) -> String {
        let target = "\(path)/\(place)"
        guard rename(claim.path, target) == 0 else {
            throw Unusable(description: "\(claim.path) can't be moved to \(target) (\(Self.reason)); it stays where it is")
        }
        if claim.holder !== mine { claim.holder.removeIfEmpty() }
        return target
    }

    private func removeMarker(of name: String) {
        if let marker { unlink("\(path)/\(name)\(marker)") }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
