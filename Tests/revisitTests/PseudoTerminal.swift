import Foundation

/// A program on a terminal of its own, 80 columns wide and 24 rows high, as a person at the keyboard would have it.
final class PseudoTerminal {
    enum Failure: Error, CustomStringConvertible {
        case system(String, Int32)
        case notSeen(String, transcript: String)
        case stillRunning(transcript: String)

        var description: String {
            switch self {
            case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
            case .notSeen(let text, let transcript): "never saw \(text.debugDescription) in: \(transcript.debugDescription)"
            case .stillRunning(let transcript): "did not end: \(transcript.debugDescription)"
            }
        }
    }

    /// How a program ended: its exit status, or the signal that ended it.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    /// The processor may be busy with other tests.
    static let patienceSeconds = 20.0
    /// POSIX_SPAWN_SETSID, which the C library shows only to those who ask for its extensions.
    #if canImport(Darwin)
        private static let newSession: Int32 = 0x400
    #else
        private static let newSession: Int32 = 0x80
    #endif

    let process: pid_t
    /// Everything that the terminal was sent.
    private(set) var raw: [UInt8] = []

    private let terminal: Int32
    /// Held open, so that what the program leaves in the terminal can be asked for after its end.
    private let line: Int32
    private var seen = 0
    private var ending: Ending?

    /// Starts an executable with arguments (without its own name) and nothing in its environment but what is given.
    init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = ["TERM": "xterm"], folder: URL? = nil,
        columns: UInt16 = 80, rows: UInt16 = 24
    ) throws {
        var (ours, theirs): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = try Self.check("openpty", openpty(&ours, &theirs, nil, nil, &size))
        (terminal, line) = (ours, theirs)
        for descriptor in [ours, theirs] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        // A folder is gone to by a shell, which the executable then replaces.
        let words = (folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0.path] } ?? []) + [executable] + arguments
        process = try Self.start(words, environment, on: try Self.path(of: theirs))
    }

    deinit {
        if ending == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(line)
        close(terminal)
    }

    /// Types keys: "\r" is Return, "\t" Tab, "\u{3}" Ctrl-C, "\u{1B}[A" Up.
    func send(_ keys: String) throws {
        try send(bytes: Array(keys.utf8))
    }

    func send(bytes: [UInt8]) throws {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = try Self.check("write", Int32(bytes.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }))
            bytes = bytes.dropFirst(Int(count))
        }
    }

    /// Reads until a text appears after the one that was expected last.
    func expect(_ text: String, timeoutSeconds: Double = patienceSeconds) throws {
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        repeat {
            let rest = transcript.dropFirst(seen)
            if let found = rest.range(of: text) {
                seen += rest.distance(from: rest.startIndex, to: found.upperBound)
                return
            }
        } while read(until: deadline)
        throw Failure.notSeen(text, transcript: transcript)
    }

    /// Reads until the program has ended.
    func end(timeoutSeconds: Double = patienceSeconds) throws -> Ending {
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        while ending == nil {
            // The terminal is held open here, so its end is no sign of the program's.
            _ = read(until: min(deadline, ContinuousClock.now + .milliseconds(20)))
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                ending = status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
                while read(until: ContinuousClock.now) {}
            } else if ContinuousClock.now > deadline {
                throw Failure.stillRunning(transcript: transcript)
            }
        }
        return ending!
    }

    /// Sends the program a signal, as `kill` does.
    func signal(_ number: Int32) {
        kill(process, number)
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    /// Whether the terminal is in the mode that it begins in: it echoes, gathers lines and makes signals of Ctrl-C.
    var isCooked: Bool {
        var mode = termios()
        let flags = tcflag_t(ECHO | ICANON | ISIG)
        return tcgetattr(line, &mode) == 0 && mode.c_lflag & flags == flags
    }

    /// What the terminal was sent, without escape codes, carriage returns and bells.
    var transcript: String { Self.withoutCodes(String(decoding: raw, as: UTF8.self)) }

    static func withoutCodes(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}": rest = afterCode(rest)
            case "\n", "\t": kept.append(scalar)
            case _ where scalar.value < 0x20: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    /// Behind a code whose ESC was read: CSI up to its letter, OSC up to BEL or ST, else one character and what introduces it.
    private static func afterCode(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var rest = text
        switch rest.popFirst() {
        case "[":
            while let scalar = rest.popFirst(), !(0x40...0x7E).contains(scalar.value) {}
        case "]":
            while let scalar = rest.popFirst(), scalar != "\u{7}" {
                if scalar == "\u{1B}" { return rest.dropFirst() }
            }
        case let first?:
            if (0x20...0x2F).contains(first.value) { rest = rest.dropFirst() }
        case nil: break
        }
        return rest
    }

    /// Waits for more; false once the deadline is past.
    private func read(until deadline: ContinuousClock.Instant) -> Bool {
        let left = deadline - ContinuousClock.now
        let milliseconds = max(0, left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000)
        var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, Int32(clamping: milliseconds)) > 0 else { return ContinuousClock.now < deadline }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(terminal, &bytes, bytes.count)
        guard count > 0 else { return false }
        raw += bytes[..<count]
        return true
    }

    private static func start(_ words: [String], _ environment: [String: String], on path: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Whoever leads a session and opens a terminal first gets it as its own.
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)))
        var arguments = words.map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (arguments + settings).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, words[0], &actions, &attributes, &arguments, &settings)
        guard code == 0 else { throw Failure.system("posix_spawn \(words[0])", code) }
        return process
    }

    private static func path(of line: Int32) throws -> String {
        var name = [CChar](repeating: 0, count: 128)
        let code = ttyname_r(line, &name, name.count)
        guard code == 0 else { throw Failure.system("ttyname_r", code) }
        return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    private static func check(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw Failure.system(call, errno) }
        return result
    }
}
