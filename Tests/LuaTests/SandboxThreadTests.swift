import Foundation
import Lua
import Testing

/// Runs a script on a thread of its own.
private actor Scripts {
    private let thread: SandboxThread
    private var sandbox: Sandbox?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ thread: SandboxThread) {
        self.thread = thread
    }

    func load(_ text: String) throws { sandbox = try Sandbox(text) }
    func call() throws -> Value? { try sandbox?.call().value() }
    func isOnItsThread() -> Bool { Thread.current.name == "revisit-lua" }
    func wait(for gate: Gate) { gate.wait() }
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

@Suite struct SandboxThreadTests {
    @Test("scripts of an actor run on its own thread, with room for Lua's recursion")
    func ownThread() async throws {
        let scripts = Scripts(SandboxThread())
        // 190 levels of C calls, the most that Lua allows.
        try await scripts.load(
            "local function f(n) if n == 0 then return 7 end return select(2, pcall(f, n - 1)) end return { run = function() return f(180) end }")
        #expect(try await scripts.call() == .int(7))
        #expect(await scripts.isOnItsThread())
    }

    @Test("a thread that is shut down does its waiting jobs first")
    func shutDown() async throws {
        let thread = SandboxThread()
        let scripts = Scripts(thread)
        try await scripts.load("return { run = function() return 1 end }")
        let calls = (0..<20).map { _ in Task { try await scripts.call() } }
        for call in calls { #expect(try await call.value == .int(1)) }
        thread.shutDown()
        thread.shutDown()
    }

    @Test("threads that are held up leave Swift's pool free", .timeLimit(.minutes(1)))
    func poolStaysFree() async throws {
        // More than the pool has threads. Were they the pool's own, no one would be left to open the gate.
        let gate = Gate()
        let held = (0..<ProcessInfo.processInfo.activeProcessorCount + 2).map { _ in Scripts(SandboxThread()) }
        let waits = held.map { scripts in Task { await scripts.wait(for: gate) } }
        await Task.yield()
        await Task { gate.open() }.value
        for wait in waits { await wait.value }
    }
}
