import Foundation
import Lua
import Synchronization
import Testing

@Suite struct SandboxPoolTests {
    /// A rooftop whose script is one text.
    private final class Rooftop: SandboxResident {
        let machine: Machine
        let image: Image
        var byteCount: Int { image.byteCount }

        init(_ text: String, on machine: Machine) throws {
            self.machine = machine
            image = try machine.makeImage(
                of: Program(sources: [ScriptSource(name: "main.lua", text: text)], entries: ["main"], isStrict: false),
                functions: [FunctionName("main", "run")])
        }

        func run(_ limits: Limits = Limits()) throws -> Value {
            guard let result = machine.call(FunctionName("main", "run"), in: image, with: ValueEncoder(), root: .none, limits: limits) else {
                return .null
            }
            return try result.value()
        }
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }
        func add() { value.withLock { $0 += 1 } }
    }

    private static func key(_ rooftop: Int, _ version: String = "1") -> SandboxPool.Key { .init(rooftop: "r\(rooftop)", version: version) }

    @Test("a call is one await with plain values in and out")
    func oneAwait() async throws {
        let pool = SandboxPool()
        let value = try await pool.run(Self.key(1), loading: { try Rooftop("return { run = function() return 42 end }", on: $0) }) { try $0.run() }
        #expect(value == .int(42))
    }

    @Test("another version takes the place of the first; the same is loaded once on a thread")
    func versions() async throws {
        let pool = SandboxPool()
        let loads = Counter()
        for version in ["1", "1", "2", "2", "1"] {
            let value = try await pool.run(
                Self.key(1, version),
                loading: {
                    loads.add()
                    return try Rooftop("return { run = function() return '\(version)' end }", on: $0)
                }
            ) { try $0.run() }
            #expect(value == .string(version))
        }
        // Each of two threads may hold one version to the end, or every call but one may find another.
        #expect((2...5).contains(loads.count))
    }

    @Test("images that don't fit are given up, and loaded again when they are asked for")
    func cold() async throws {
        var settings = SandboxPool.Settings()
        settings.hotBytes = 200_000
        let pool = SandboxPool(settings: settings)
        let loads = Counter()
        for _ in 0..<2 {
            for rooftop in 0..<40 {
                let value = try await pool.run(
                    Self.key(rooftop),
                    loading: {
                        loads.add()
                        return try Rooftop("return { run = function() return \(rooftop) end }", on: $0)
                    }
                ) { try $0.run() }
                #expect(value == .int(Int64(rooftop)))
            }
        }
        #expect(loads.count > 60)
    }

    @Test("a script that doesn't load throws to the caller, and the rooftop can be mended")
    func broken() async throws {
        let pool = SandboxPool()
        await #expect(throws: ScriptError.self) {
            try await pool.run(Self.key(1), loading: { try Rooftop("return {", on: $0) }) { try $0.run() }
        }
        let value = try await pool.run(Self.key(1, "2"), loading: { try Rooftop("return { run = function() return 1 end }", on: $0) }) { try $0.run() }
        #expect(value == .int(1))
    }

    @Test("rooftops that run flat out hold up one another and nobody else, and honest ones are answered all the while")
    func hostileNeighbours() async throws {
        let pool = SandboxPool()
        let ended = Counter()
        let hostileCalls = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for rooftop in 100..<104 {
                group.addTask {
                    while ended.count == 0 {
                        await #expect(throws: LimitExceeded.self) {
                            try await pool.run(Self.key(rooftop), loading: { try Rooftop("return { run = function() while true do end end }", on: $0) }) {
                                try $0.run()
                            }
                        }
                        hostileCalls.add()
                    }
                }
            }
            group.addTask {
                for number in 0..<200 {
                    let value = try await pool.run(
                        Self.key(number % 10), loading: { try Rooftop("return { run = function() return 7 end }", on: $0) }
                    ) { try $0.run() }
                    #expect(value == .int(7))
                }
                ended.add()
            }
            try await group.waitForAll()
        }
        // The hostile ones got through a few calls; had they stood in the honest ones' way, it would be hundreds.
        #expect((1...100).contains(hostileCalls.count))
    }

    @Test("no rooftop sees what another did, in a hundred thousand calls that alternate")
    func noCrossTalk() async throws {
        let text = """
            local mine = ...
            local marks = 0
            return { run = function()
              if mark or string.mark or math.mark or marks ~= 0 or rawget(_G, "mark") then return "seen" end
              mark, string.mark, math.mark, marks = 1, 1, 1, 1
              string.format = function() return "poison" end
              setmetatable(_G, { __index = function() return "poison" end })
              return NUMBER
            end }
            """
        let machine = try Machine()
        let rooftops = try (0..<100).map { try Rooftop(text.replacingOccurrences(of: "NUMBER", with: "\($0)"), on: machine) }
        for call in 0..<100_000 {
            let number = (call * 37) % rooftops.count
            let value = try rooftops[number].run()
            if value != .int(Int64(number)) { Issue.record("rooftop \(number) returned \(value)"); return }
        }
    }
}
