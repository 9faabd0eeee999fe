internal import Foundation

/// Reads lines from a pipe or a file: no prompt, nothing shown.
final class LineReader {
    /// A longer line is an error: input without newlines would fill memory.
    static let lineBytesMost = 16 << 20
    private static let chunkBytes = 64 << 10

    enum Failure: Error, Equatable, CustomStringConvertible {
        case lineTooLong(line: Int)
        case unreadable(reason: String)

        var description: String {
            switch self {
            case .lineTooLong(let line): "standard input: line \(line) is longer than \(LineReader.lineBytesMost >> 20) MiB"
            case .unreadable(let reason): "standard input can't be read: \(reason)"
            }
        }
    }

    private let input: Int32
    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var isAtEnd = false
    private var lines = 0

    init(input: Int32 = STDIN_FILENO) {
        self.input = input
    }

    /// The next line without its newline, LF or CR LF; nil after the last. What isn't UTF-8 becomes U+FFFD.
    func next() throws(Failure) -> String? {
        while true {
            if let newline = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { (start, searched) = (newline + 1, newline + 1) }
                return text(bytes[start..<newline])
            }
            searched = bytes.count
            guard searched - start <= Self.lineBytesMost else { throw .lineTooLong(line: lines + 1) }
            if isAtEnd {
                defer { start = bytes.count }
                return start < bytes.count ? text(bytes[start...]) : nil
            }
            try fill()
        }
    }

    private func text(_ line: ArraySlice<UInt8>) -> String {
        lines += 1
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }

    private func fill() throws(Failure) {
        bytes.removeSubrange(..<start)
        (start, searched) = (0, searched - start)
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var count: Int
        repeat { count = read(input, &chunk, chunk.count) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        isAtEnd = count == 0
        bytes += chunk[..<count]
    }
}
