import Foundation
import Lua
import Testing

/// Scripts that attack the sandbox, and honest ones that must simply work. The first lines of each say how it may end:
/// `-- expect: killed|error|ok|refused`, and `-- also:` another way.
@Suite struct HostileTests {
    private enum Ending: String {
        case ok, error, killed

        init(_ outcome: CallResult.Outcome) {
            self =
                switch outcome {
                case .returned, .skipped, .quarantined: .ok
                case .failed: .error
                case .killed: .killed
                }
        }
    }

    private struct Hostile {
        let source: ScriptSource
        let endings: Set<Ending>
        /// Whether it must return true when it ends well.
        let isHonest: Bool

        init(_ file: URL) throws {
            let bytes = [UInt8](try Data(contentsOf: file))
            source = ScriptSource(name: file.lastPathComponent, bytes: bytes)
            let words = source.text.split(separator: "\n").prefix(2).compactMap { line in
                line.wholeMatch(of: /-- (expect|also): (\w+).*/).map { String($0.2) }
            }
            // Bytecode has no first line to say so.
            endings = words.isEmpty ? [.error] : Set(words.compactMap { Ending(rawValue: $0 == "refused" ? "error" : $0) })
            isHonest = words == ["ok"]
        }
    }

    private static func all() throws -> [Hostile] {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/hostile")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map { try Hostile($0) }
    }

    @Test("every hostile script ends as it says, in one machine, in any order, with the same fuel and memory each time")
    func endings() throws {
        let scripts = try Self.all()
        #expect(scripts.count > 170)
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: [], entries: [], isStrict: false, canPrint: false))
        var random = SplitMix64(state: 7)
        var fuel: [String: UInt64] = [:]
        // Of calls that the clock did not stop: where it stops one differs with the machine's load.
        var memory: [String: UInt64] = [:]
        let canary = ScriptSource(name: "canary", text: Self.canary)
        let sung = try machine.run(canary, in: image).value()
        for round in 0..<2 {
            for script in round == 0 ? scripts : scripts.shuffled(using: &random) {
                let name = script.source.name
                let result = machine.run(script.source, in: image)
                #expect(script.endings.contains(Ending(result.outcome)), "\(name): \(result.outcome)")
                if script.isHonest { #expect(result.outcome == CallResult.Outcome.returned(.list([.bool(true)])), "\(name)") }
                #expect(fuel[name, default: result.fuelUsed] == result.fuelUsed, "\(name): fuel differs")
                fuel[name] = result.fuelUsed
                if !Self.isStoppedByTime(result) {
                    #expect(memory[name, default: result.memoryPeakBytes] == result.memoryPeakBytes, "\(name): memory differs")
                    memory[name] = result.memoryPeakBytes
                }
                #expect(try machine.run(canary, in: image).value() == sung, "\(name) left a trace")
            }
        }
    }

    private static func isStoppedByTime(_ result: CallResult) -> Bool {
        if case .killed(let limit) = result.outcome { limit.limit == .processorTime } else { false }
    }

    /// What a script can see of the world, as text.
    private static let canary = """
        local seen = {}
        local function look(name, value, depth)
          seen[#seen + 1] = name .. "=" .. type(value)
          if type(value) == "table" and depth < 3 and value ~= _G then
            for k, v in pairs(value) do look(name .. "." .. tostring(k), v, depth + 1) end
          end
        end
        for k, v in pairs(_G) do look(k, v, 1) end
        look("metatable of text", getmetatable(""), 1)
        look("metatable of globals", getmetatable(_G), 1)
        return table.concat(seen, "\\n"), ("x"):rep(3), ("abc"):upper(), math.random(1, 1000000), #tostring({}), select("#", pairs({}))
        """
}
