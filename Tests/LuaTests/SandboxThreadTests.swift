import Foundation
import Lua
import Testing

/// Runs a script on a thread of its own.
private actor Scripts {
    private let thread = SandboxThread()
    private var sandbox: Sandbox?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    func load(_ text: String) throws { sandbox = try Sandbox(text) }
    func call() throws -> CallResult.Outcome? { try sandbox?.call().outcome }
    func hasLeft(_ object: Witness) -> Bool {
        Thread.current.threadDictionary["left"] as AnyObject? === object
    }
    func wait(for gate: Gate) { gate.wait() }

    func leave(_ object: Witness) {
        Thread.current.threadDictionary["left"] = object
    }

    private var log: [Int] = []
    func note(_ number: Int) { log.append(number) }
    func noted() -> [Int] { log }
}

/// Holds threads up until it is opened.
private final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false

    func wait() {
        condition.lock()
        defer { condition.unlock() }
        while !isOpen { condition.wait() }
    }

    func open() {
        condition.lock()
        defer { condition.unlock() }
        isOpen = true
        condition.broadcast()
    }
}

/// Tells when it is released.
private final class Witness: Sendable {
    private let onEnd: @Sendable () -> Void

    init(onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }
    deinit { onEnd() }
}

@Suite struct SandboxThreadTests {
    @Test("a script has room for the deepest C recursion that Lua allows")
    func deepRecursion() async throws {
        let scripts = Scripts()
        try await scripts.load(
            """
            local function f(n) if n == 0 then return 7 end return select(2, pcall(f, n - 1)) end
            local function g(s) return (s:gsub(".", g)) end
            return { run = function() local deepest = pcall(g, "a"); return { f(180), deepest } end }
            """)
        guard case .returned(let value)? = try await scripts.call() else { Issue.record("no value"); return }
        #expect(value == .list([.int(7), .bool(false)]))
    }

    @Test("all jobs of an actor run on one thread, and those of another on another")
    func oneThread() async {
        let actors = [Scripts(), Scripts(), Scripts()]
        let marks = actors.map { _ in Witness {} }
        for (actor, mark) in zip(actors, marks) { await actor.leave(mark) }
        await withTaskGroup { group in
            for number in 0..<300 {
                group.addTask { #expect(await actors[number % 3].hasLeft(marks[number % 3])) }
            }
        }
    }

    @Test("a killed script leaves its thread usable")
    func killed() async throws {
        let scripts = Scripts()
        try await scripts.load("return { run = function() while true do end end }")
        guard case .killed? = try await scripts.call() else { Issue.record("not killed"); return }
        try await scripts.load("return { run = function() return 1 end }")
        #expect(try await scripts.call() == .returned(.int(1)))
    }

    @Test("jobs run one at a time, in the order in which they came")
    func order() async {
        let scripts = Scripts()
        for number in 0..<100 { await scripts.note(number) }
        #expect(await scripts.noted() == Array(0..<100))
        await withTaskGroup { group in
            for number in 0..<100 { group.addTask { await scripts.note(number) } }
        }
        #expect(await scripts.noted().count == 200)
    }

    @Test("threads that are held up leave Swift's pool free", .timeLimit(.minutes(1)))
    func poolStaysFree() async throws {
        // More than the pool has threads. Were they the pool's own, no one would be left to open the gate.
        let gate = Gate()
        let held = (0..<ProcessInfo.processInfo.activeProcessorCount + 2).map { _ in Scripts() }
        let waits = held.map { scripts in Task { await scripts.wait(for: gate) } }
        await Task.yield()
        await Task { gate.open() }.value
        for wait in waits { await wait.value }
    }

    @Test("a thread ends when its actor does", .timeLimit(.minutes(1)))
    func ends() async {
        for _ in 0..<20 {
            await withCheckedContinuation { ended in
                Task {
                    // The thread holds the witness, and lets it go as it ends.
                    await Scripts().leave(Witness { ended.resume() })
                }
            }
        }
    }

    @Test("an actor that nobody else holds ends on its own thread, after its last job", .timeLimit(.minutes(1)))
    func endsOnItsThread() async {
        let gate = Gate()
        await withCheckedContinuation { ended in
            let scripts = Scripts()
            Task { await scripts.leave(Witness { ended.resume() }) }
            Task { await scripts.wait(for: gate) }
            gate.open()
        }
    }
}
