internal import Foundation

/// What was entered at the prompt, in a file that only its owner reads: one entry a line, newlines in it written as `\n`.
///
/// Each entry goes to the file when it is made, so nothing is lost when the process is killed, and two sessions at once keep each
/// other's entries. A lock on the file keeps them apart.
struct HistoryFile {
    static let entriesMost = 1000
    /// A longer file isn't one of ours, or was damaged.
    static let bytesMost = 16 << 20

    struct Failure: Error, Equatable, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "the history isn't kept: \(path): \(reason)" }
    }

    let url: URL

    init(at url: URL) {
        self.url = url
    }

    /// Whether an entry is one to keep.
    static func keeps(_ entry: String) -> Bool {
        !entry.hasPrefix(" ") && !entry.allSatisfy(\.isWhitespace) && !entry.contains("\0")
    }

    /// The entries, oldest first. None where there is no file yet.
    func load() throws(Failure) -> [String] {
        guard let file = try open(O_RDONLY) else { return [] }
        defer { close(file) }
        guard flock(file, LOCK_SH) == 0 else { throw failure(errno) }
        return Array(Self.entries(of: try read(file)).suffix(Self.entriesMost))
    }

    /// Adds an entry unless it is the same as the last one, and drops the oldest where there would be too many.
    func append(_ entry: String) throws(Failure) {
        try makeFolder()
        guard let file = try open(O_RDWR | O_CREAT) else { throw failure(ENOENT) }
        defer { close(file) }
        // Also one that was there before with another mode.
        guard flock(file, LOCK_EX) == 0, fchmod(file, 0o600) == 0 else { throw failure(errno) }
        let bytes = try read(file)
        let entries = Self.entries(of: bytes)
        guard entries.last != entry else { return }
        if entries.count < Self.entriesMost {
            let whole = bytes.last.map { $0 == UInt8(ascii: "\n") } ?? true
            try write((whole ? "" : "\n") + Self.line(of: entry), to: file, at: bytes.count)
        } else {
            let kept = entries.suffix(Self.entriesMost - 1) + [entry]
            let text = kept.map(Self.line).joined()
            try write(text, to: file, at: 0)
            guard ftruncate(file, off_t(text.utf8.count)) == 0 else { throw failure(errno) }
        }
    }

    /// An entry as a line of the file.
    static func line(of entry: String) -> String {
        entry.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\n", with: "\\n") + "\n"
    }

    static func entries(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).map { entry(of: $0) }.filter(keeps)
    }

    private static func entry(of line: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var escaped = false
        for byte in line {
            switch (escaped, byte) {
            case (false, UInt8(ascii: "\\")): escaped = true
            case (true, UInt8(ascii: "n")): (escaped, _) = (false, bytes.append(UInt8(ascii: "\n")))
            case (_, _): (escaped, _) = (false, bytes.append(byte))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The folders that are missing, for their owner alone.
    private func makeFolder() throws(Failure) {
        var missing: [String] = []
        var folder = url.deletingLastPathComponent()
        while access(folder.path, F_OK) != 0, folder.path != "/", folder.path != "." {
            missing.append(folder.path)
            folder.deleteLastPathComponent()
        }
        for path in missing.reversed() where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw Failure(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private func open(_ flags: Int32) throws(Failure) -> Int32? {
        let file = Foundation.open(url.path, flags | O_CLOEXEC, 0o600)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw failure(errno) }
        return file
    }

    private func read(_ file: Int32) throws(Failure) -> [UInt8] {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(path: url.path, reason: "is no file") }
        guard status.st_size <= Self.bytesMost else {
            throw Failure(path: url.path, reason: "is longer than \(Self.bytesMost >> 20) MiB; move it away to begin anew")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress! + count, $0.count - count, off_t(count)) }
            if got < 0 { throw failure(errno) }
            if got == 0 { break }
            count += got
        }
        return Array(bytes.prefix(count))
    }

    private func write(_ text: String, to file: Int32, at offset: Int) throws(Failure) {
        let bytes = Array(text.utf8)
        var count = 0
        while count < bytes.count {
            let put = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + count, $0.count - count, off_t(offset + count)) }
            if put < 0 { throw failure(errno) }
            count += put
        }
    }

    private func failure(_ code: Int32) -> Failure {
        Failure(path: url.path, reason: String(cString: strerror(code)))
    }
}
