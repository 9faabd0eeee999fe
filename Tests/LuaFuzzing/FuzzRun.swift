public import Lua

/// Runs generated programs, each twice in one machine and once in another, and looks for differences and traces left behind.
public final class FuzzRun {
    public struct Finding: Sendable, CustomStringConvertible {
        public let program: UInt64
        public let description: String
    }

    /// How many programs ended in each way.
    public private(set) var endings: [String: Int] = [:]

    private let machines: [Machine]
    private let images: [Image]
    private let limits: Limits
    private let canary = ScriptSource(name: "canary", text: FuzzRun.canary)
    private let sung: String

    public init() throws {
        var limits = Limits()
        limits.fuel = 200_000
        limits.memoryBytes = 4 << 20
        self.limits = limits
        machines = [try Machine(), try Machine()]
        images = try machines.map { try $0.makeImage(of: Program(sources: [], entries: [], isStrict: false)) }
        sung = Self.outcome(machines[0].run(canary, in: images[0])).text
    }

    /// Runs the program of that number; nil when all is well.
    public func run(_ number: UInt64) -> Finding? {
        var generator = ProgramGenerator(seed: number)
        let source = ScriptSource(name: "program.lua", text: generator.program())
        let runs = [0, 0, 1].map { Self.outcome(machines[$0].run(source, in: images[$0], seed: number, limits: limits)) }
        endings[runs[0].ending, default: 0] += 1
        // Where the clock stops a program differs.
        let isTimed = runs.contains { $0.ending == "processorTime" }
        if !isTimed, let other = runs.first(where: { $0.text != runs[0].text }) {
            return Finding(program: number, description: "two answers:\n  \(runs[0].text)\n  \(other.text)")
        }
        let now = Self.outcome(machines[0].run(canary, in: images[0])).text
        return now == sung ? nil : Finding(program: number, description: "left a trace:\n  \(sung)\n  \(now)")
    }

    private static func outcome(_ result: CallResult) -> (ending: String, text: String) {
        let ending =
            switch result.outcome {
            case .returned: "returned"
            case .skipped: "skipped"
            case .quarantined: "quarantined"
            case .failed(let error): error.isIncompleteInput || error.frames.isEmpty && error.message.contains("near") ? "syntax error" : "error"
            case .killed(let limit): limit.limit.rawValue
            }
        return (ending, "\(result.outcome) printed \(result.printed) fuel \(result.fuelUsed) memory \(result.memoryPeakBytes)")
    }

    private static let canary = """
        local seen = {}
        for k, v in pairs(_G) do
          seen[#seen + 1] = k .. type(v)
          if type(v) == "table" and v ~= _G then for name, f in pairs(v) do seen[#seen + 1] = tostring(name) .. type(f) end end
        end
        return table.concat(seen, " "), getmetatable(""), getmetatable(_G), ("abc"):upper(), math.random(1000000), tostring({}), string.format("%5.1f", 2)
        """
}
