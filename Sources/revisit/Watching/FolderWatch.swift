internal import Crypto
internal import Feeds
internal import FollowUp
internal import Foundation
internal import SQLiteStorage

/// Takes in what is dropped into a folder, in the order of the files' stamps, until it is told to end.
struct FolderWatch {
    private static let secondsBetweenLooks = 1
    private static let secondsBetweenTries = 5
    private static let hashDigits = 12
    private static let chunkBytes = 1 << 20

    /// The rooftop's folder; loaded anew before files are taken, as the dealer may have mended a script.
    let rooftop: String
    let ledger: SQLiteLedger
    let limit: ErrorLimit
    /// Whether to end once what is there is taken in.
    let isOnce: Bool
    let interruption: Interruption
    let clock: any WallClock

    /// - Returns: How many files were held back.
    func run(_ dropFolder: DropFolder, settle: SettleRule) async throws -> Int {
        var settle = settle
        var heldBack = 0
        var complaint: String?
        var hasWaited = false
        while interruption.signal == nil {
            let entries = try dropFolder.entries()
            let complete = settle.complete(entries, at: clock.now)
            let leftovers = try dropFolder.leftovers()
            if !complete.isEmpty || !leftovers.isEmpty {
                do {
                    let folder = try await RooftopFolder(rooftop)
                    complaint = nil
                    heldBack += try await take(leftovers, complete, of: folder, dropFolder)
                } catch let error where !isOnce && Self.isOfScripts(error) {
                    // It is the dealer's to mend; nothing is claimed until then.
                    if complaint != "\(error)" { Console.complain("\(rooftop): \(error); waiting until it is mended") }
                    complaint = "\(error)"
                }
            }
            let left = entries.count - complete.count
            if isOnce && (left == 0 || hasWaited) {
                if left > 0 { Console.note("\(Columns.count(left, "file")) still being written; left for the next time") }
                break
            }
            await interruption.sleep(seconds: isOnce ? max(1, settle.seconds) : Self.secondsBetweenLooks)
            hasWaited = true
        }
        return heldBack
    }

    /// Gives how many were held back.
    private func take(
        _ leftovers: [DropFolder.Claim], _ entries: [DropFolder.Entry], of folder: RooftopFolder, _ dropFolder: DropFolder
    ) async throws -> Int {
        var heldBack = 0
        for claim in sorted(leftovers, folder, { ($0.name, $0.writtenAt) }) where interruption.signal == nil {
            if try await !take(claim, of: folder, dropFolder) { heldBack += 1 }
        }
        for entry in sorted(entries, folder, { ($0.name, $0.writtenAt) }) where interruption.signal == nil {
            guard let claim = try dropFolder.claim(entry) else { continue }
            if try await !take(claim, of: folder, dropFolder) { heldBack += 1 }
        }
        return heldBack
    }

    /// Gives false when the file is held back. Throws when something else than the file is wrong; then it stays claimed.
    private func take(_ claim: DropFolder.Claim, of folder: RooftopFolder, _ dropFolder: DropFolder) async throws -> Bool {
        let stamp = stamp(claim.name, claim.writtenAt, folder)
        let local = folder.rooftop.zone.local(at: stamp)
        let prefix = "\(local.date)T\(local.time.description.replacing(":", with: "-"))"
        while true {
            do {
                let sha256 = try await FileImport(folder: folder, limit: limit, clock: clock)
                    .run(path: claim.path, name: claim.name, stampedAt: stamp) { ledger }
                try dropFolder.keep(claim, as: "\(prefix)_\(sha256.prefix(Self.hashDigits))")
                return true
            } catch let error where Self.isFault(ofFile: error) {
                let hash = Self.sha256(of: claim.path)?.prefix(Self.hashDigits) ?? "unread"
                let next = "Nothing of it was taken in. When mapping.lua or the file is mended, move the file back into the watched folder."
                let place = try dropFolder.holdBack(claim, as: "\(prefix)_\(hash)", because: "\(claim.name): \(error)\n\(next)\n")
                Console.complain("\(claim.name): \(error)\nheld back as \(place)")
                return false
            } catch let error where Self.passes(error) && interruption.signal == nil {
                Console.complain("\(claim.name): \(error); trying again in \(Self.secondsBetweenTries) s")
                await interruption.sleep(seconds: Self.secondsBetweenTries)
            }
        }
    }

    private func stamp(_ name: String, _ writtenAt: Timestamp, _ folder: RooftopFolder) -> Timestamp {
        FileStamp.of(name: name, writtenAt: writtenAt, zone: folder.rooftop.zone, now: clock.now)
    }

    /// By stamp, then by name.
    private func sorted<File>(_ files: [File], _ folder: RooftopFolder, _ facts: (File) -> (String, Timestamp)) -> [File] {
        files.map { file in
            let (name, writtenAt) = facts(file)
            return (file: file, stamp: stamp(name, writtenAt, folder), name: name)
        }.sorted { ($0.stamp, $0.name) < ($1.stamp, $1.name) }.map(\.file)
    }

    private static func isFault(ofFile error: any Error) -> Bool {
        error is FeedError || error is ExportMapping.NothingMapped || error is TooManyErrors
    }

    /// Whether the error is of the rooftop's folder, so that mending a script mends it.
    private static func isOfScripts(_ error: any Error) -> Bool {
        !(error is DropFolder.Unusable) && !(error is SQLiteLedgerError) && !(error is ImportNotStaging)
    }

    /// Whether the ledger may take the file a little later: another process is writing to it.
    private static func passes(_ error: any Error) -> Bool {
        if case SQLiteLedgerError.busy? = error as? SQLiteLedgerError { return true }
        return error is ImportNotStaging
    }

    private static func sha256(of path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        var hash = SHA256()
        while let chunk = try? file.read(upToCount: chunkBytes), !chunk.isEmpty { hash.update(data: chunk) }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
