import Foundation
import Lua
import Synchronization

private final class Scripts: SandboxResident {
    let machine: Machine
    let image: Image
    static let run = FunctionName("main", "run")
    var byteCount: Int { image.byteCount }

    init(_ text: String, on machine: Machine) throws {
        self.machine = machine
        image = try machine.makeImage(of: Program(sources: [ScriptSource(name: "main.lua", text: text)], entries: ["main"]), functions: [Self.run])
    }

    func call() -> CallResult? { machine.call(Self.run, in: image, with: ValueEncoder(), root: .none) }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}

/// How long an honest rooftop waits for its calls alone, and beside hostile ones that run flat out.
func measureIsolation() async throws {
    let honest = "local t = {} for i = 1, 50 do t[i] = 'word' .. i end return { run = function() local s = 0 for i = 1, 300 do s = s + #table.concat(t, ' ') end return s end }"
    let pool = SandboxPool()
    func latencies() async throws -> [Double] {
        var all: [Double] = []
        for _ in 0..<3000 {
            let start = clock.now
            _ = try await pool.run(.init(rooftop: "honest", version: "1"), loading: { try Scripts(honest, on: $0) }) { $0.call()?.fuelUsed }
            all.append((clock.now - start) / .microseconds(1))
        }
        return all
    }
    _ = try await latencies()
    let alone = try await latencies()
    for hostileCount in [1, 3] {
        let over = Flag()
        let hostile = (0..<hostileCount).map { number in
            Task {
                while !over.isSet {
                    _ = try await pool.run(
                        .init(rooftop: "hostile \(number)", version: "1"), loading: { try Scripts("return { run = function() while true do end end }", on: $0) }
                    ) { $0.call()?.fuelUsed }
                }
            }
        }
        try await Task.sleep(for: .seconds(2))  // long enough to be known as slow
        let beside = try await latencies()
        over.set()
        for task in hostile { try await task.value }
        row("an honest call beside \(hostileCount) hostile rooftop\(hostileCount == 1 ? "" : "s"), against alone: median", "\(median(beside).whole) µs, \(median(alone).whole) µs: \((median(beside) / median(alone)).twoPlaces)", "at most 2")
        let (late, lateAlone) = (beside.sorted()[2970], alone.sorted()[2970])
        row("  the slowest in a hundred", "\(late.whole) µs, \(lateAlone.whole) µs: \((late / lateAlone).twoPlaces)")
    }
}
