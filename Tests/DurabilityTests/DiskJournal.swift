import Foundation
import LedgerWorkload

/// What a program did to its disk, in order, as `DiskShim` noted it.
struct DiskJournal {
    enum Event {
        case create(file: UInt32, name: String)
        case write(file: UInt32, offset: Int, bytes: Range<Int>)
        case truncate(file: UInt32, length: Int)
        case sync(file: UInt32)
        case syncFailed(file: UInt32)
        case folderSync
        case unlink(name: String)
        case rename(file: UInt32, from: String, to: String)
        case note(String)
    }

    let events: [Event]
    let bytes: [UInt8]

    /// A last record that the program's end cut short is left out.
    init(contentsOf path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var events: [Event] = []
        var place = 0
        bytes.withUnsafeBytes { raw in
            while place + 24 <= raw.count {
                let kind = raw.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                let file = raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                let offset = Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
                let length = Int(raw.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self))
                // Only what carries bytes has a payload.
                let start = place + 24
                guard start + length <= raw.count else { return }
                place = start + length
                func text() -> String { String(decoding: raw[start..<start + length], as: UTF8.self) }
                switch kind {
                case 1: events.append(.create(file: file, name: text()))
                case 2: events.append(.write(file: file, offset: offset, bytes: start..<start + length))
                case 3: events.append(.truncate(file: file, length: offset))
                case 4: events.append(.sync(file: file))
                case 5: events.append(.folderSync)
                case 6: events.append(.unlink(name: text()))
                case 7: events.append(.note(text()))
                case 8: events.append(.syncFailed(file: file))
                case 9:
                    let names = text().split(separator: "\0").map(String.init)
                    events.append(.rename(file: file, from: names[0], to: names[1]))
                default: preconditionFailure("record \(kind) in the disk's journal")
                }
            }
        }
        self.events = events
        self.bytes = bytes
    }

    /// The program's own words before a point.
    func notes(before end: Int) -> [String] {
        events[..<end].compactMap { if case .note(let words) = $0 { words } else { nil } }
    }
}

/// A disk while a journal is played: what is on it for sure, and what has been written since.
struct DiskState {
    /// What a power cut leaves of what was written since the last sync.
    enum Cut: CaseIterable {
        case nothing, everything, someSectors, someWrites, firstWrites
    }

    private enum Change {
        case write(offset: Int, bytes: Range<Int>)
        case truncate(Int)
    }

    private enum FolderChange {
        case add(String, UInt32)
        case remove(String)
    }

    private static let sector = 512

    private let journal: DiskJournal
    private(set) var played = 0
    private var durable: [UInt32: [UInt8]] = [:]
    private var pending: [UInt32: [Change]] = [:]
    private var names: [String: UInt32] = [:]
    private var pendingNames: [FolderChange] = []

    init(_ journal: DiskJournal) {
        self.journal = journal
    }

    /// Plays the journal up to an event.
    mutating func play(to end: Int) {
        while played < end {
            switch journal.events[played] {
            case .create(let file, let name):
                durable[file] = []
                pendingNames.append(.add(name, file))
            case .write(let file, let offset, let bytes): pending[file, default: []].append(.write(offset: offset, bytes: bytes))
            case .truncate(let file, let length): pending[file, default: []].append(.truncate(length))
            case .sync(let file):
                for change in pending.removeValue(forKey: file) ?? [] { apply(change, to: &durable[file, default: []]) }
            // The kernel takes the pages for written; a later sync says nothing of them.
            case .syncFailed(let file): pending[file] = nil
            case .folderSync:
                for change in pendingNames { apply(change, to: &names) }
                pendingNames = []
            case .unlink(let name): pendingNames.append(.remove(name))
            case .rename(let file, let from, let to): pendingNames += [.remove(from), .add(to, file)]
            case .note: break
            }
            played += 1
        }
    }

    /// Writes what the disk holds after a cut now.
    func write(to folder: URL, _ cut: Cut, _ random: inout SeededGenerator) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var names = names
        let kept: Int =
            switch cut {
            case .nothing: 0
            case .everything: pendingNames.count
            // A folder's changes are in the file system's own log, so that the first ones are kept.
            case .someSectors, .someWrites, .firstWrites: Int.random(in: 0...pendingNames.count, using: &random)
            }
        for change in pendingNames.prefix(kept) { apply(change, to: &names) }
        for (name, file) in names.sorted(by: { $0.key < $1.key }) {
            try Data(content(of: file, cut, &random)).write(to: folder.appending(path: name))
        }
    }

    private func content(of file: UInt32, _ cut: Cut, _ random: inout SeededGenerator) -> [UInt8] {
        var content = durable[file] ?? []
        let changes = pending[file] ?? []
        switch cut {
        case .nothing: break
        case .everything: for change in changes { apply(change, to: &content) }
        case .someWrites: for change in changes where Bool.random(using: &random) { apply(change, to: &content) }
        case .firstWrites:
            let count = Int.random(in: 0...changes.count, using: &random)
            for change in changes.prefix(count) { apply(change, to: &content) }
            if count < changes.count { tear(changes[count], into: &content, &random) }
        case .someSectors: for change in changes { tear(change, into: &content, &random) }
        }
        return content
    }

    private func tear(_ change: Change, into content: inout [UInt8], _ random: inout SeededGenerator) {
        guard case .write(let offset, let bytes) = change else {
            if Bool.random(using: &random) { apply(change, to: &content) }
            return
        }
        var at = 0
        while at < bytes.count {
            let end = min(bytes.count, ((offset + at) / Self.sector + 1) * Self.sector - offset)
            if Bool.random(using: &random) {
                apply(.write(offset: offset + at, bytes: bytes.lowerBound + at..<bytes.lowerBound + end), to: &content)
            }
            at = end
        }
    }

    private func apply(_ change: Change, to content: inout [UInt8]) {
        switch change {
        case .truncate(let length):
            if length < content.count { content.removeLast(content.count - length) } else { extend(&content, to: length) }
        case .write(let offset, let bytes):
            extend(&content, to: offset + bytes.count)
            content.withUnsafeMutableBytes { target in
                journal.bytes.withUnsafeBytes { source in
                    target.baseAddress?.advanced(by: offset).copyMemory(from: source.baseAddress! + bytes.lowerBound, byteCount: bytes.count)
                }
            }
        }
    }

    private func extend(_ content: inout [UInt8], to length: Int) {
        if content.count < length { content += [UInt8](repeating: 0, count: length - content.count) }
    }

    private func apply(_ change: FolderChange, to names: inout [String: UInt32]) {
        switch change {
        case .add(let name, let file): names[name] = file
        case .remove(let name): names[name] = nil
        }
    }
}
