import Foundation

/// A `LedgerWorker` that runs.
final class WorkerProcess: Sendable {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    /// The built worker, beside the tests.
    private static let executable = (Bundle.main.executableURL?.deletingLastPathComponent() ?? root).appending(path: "LedgerWorker")

    /// What it says, line by line, until it ends.
    let lines: AsyncStream<String>
    private let process: Process
    private let input = Pipe()

    init(_ job: String, _ path: String, seed: UInt64 = 1, journal: String? = nil, _ words: String...) throws {
        process = Process()
        process.executableURL = Self.executable
        process.arguments = [job, path, String(seed), journal ?? "-"] + words
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        try process.run()
        let descriptor = output.fileHandleForReading.fileDescriptor
        // A thread of its own: reading blocks, and the pool's threads are few.
        Thread.detachNewThread { [output] in
            let file = fdopen(dup(descriptor), "r")
            var line: UnsafeMutablePointer<CChar>?
            var room = 0
            while true {
                let count = getline(&line, &room, file)
                guard count > 0, let line else { break }
                continuation.yield(String(cString: line).trimmingCharacters(in: .newlines))
            }
            free(line)
            fclose(file)
            _ = output
            continuation.finish()
        }
    }

    func say(_ line: String) {
        input.fileHandleForWriting.write(Data((line + "\n").utf8))
    }

    func endInput() throws {
        try input.fileHandleForWriting.close()
    }

    /// As a power switch does.
    func kill() {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
    }

    /// Waits for its end; nil where a signal ended it.
    @discardableResult
    func end() -> Int32? {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// All that it says until it ends.
    func allLines() async -> [String] {
        var all: [String] = []
        for await line in lines { all.append(line) }
        end()
        return all
    }
}

/// Starts several workers, lets all begin at once, and gives what each said.
func race(_ workers: [WorkerProcess]) async -> [[String]] {
    await withTaskGroup(of: (Int, [String]).self) { group in
        var iterators = workers.map { $0.lines.makeAsyncIterator() }
        for place in workers.indices {
            let first = await iterators[place].next()
            precondition(first == "ready", "the worker said: \(first ?? "nothing")")
        }
        for worker in workers { worker.say("go") }
        for (place, worker) in workers.enumerated() {
            group.addTask {
                var all: [String] = []
                for await line in worker.lines { all.append(line) }
                worker.end()
                return (place, all)
            }
        }
        var said = workers.map { _ in [String]() }
        for await (place, lines) in group { said[place] = lines }
        return said
    }
}

/// Runs workers turn by turn, each turn begun by all at once when the last one has ended its turn before, and gives what each said.
func inStep(_ workers: [WorkerProcess]) async -> [[String]] {
    var iterators = workers.map { $0.lines.makeAsyncIterator() }
    var said = workers.map { _ in [String]() }
    var hasEnded = false
    for place in workers.indices {
        let first = await iterators[place].next()
        precondition(first == "ready", "the worker said: \(first ?? "nothing")")
    }
    while !hasEnded {
        for worker in workers { worker.say("go") }
        for place in workers.indices {
            while true {
                guard let line = await iterators[place].next() else {
                    hasEnded = true
                    break
                }
                said[place].append(line)
                if line.hasPrefix("turn ") { break }
            }
        }
    }
    for worker in workers { worker.end() }
    return said
}
