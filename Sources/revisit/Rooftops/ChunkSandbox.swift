internal import Lua

/// Runs whole files in the sandbox, each as a rooftop of its own, in a machine that they share.
struct ChunkSandbox {
    struct Run: Sendable {
        let result: CallResult
        let seconds: Double
        let imageBytes: Int

        var statistics: String {
            "fuel \(result.fuelUsed) · memory \(result.memoryPeakBytes / 1024) KB at most · \(String(milliseconds: seconds)) ms · image \(imageBytes / 1024) KB"
        }
    }

    /// The empty rooftop that a file runs in.
    private final class Room: SandboxResident {
        let machine: Machine
        let image: Image
        var byteCount: Int { image.byteCount }

        init(on machine: Machine, canPrint: Bool) throws {
            self.machine = machine
            image = try machine.makeImage(of: Program(sources: [], entries: [], isStrict: false, canPrint: canPrint))
        }
    }

    private let pool: SandboxPool
    private let limits: Limits
    private let canPrint: Bool

    init(limits: Limits, canPrint: Bool) {
        var settings = SandboxPool.Settings()
        settings.arenaBytes = max(settings.arenaBytes, Int(limits.memoryBytes) * 3)
        pool = SandboxPool(settings: settings)
        self.limits = limits
        self.canPrint = canPrint
    }

    /// Runs a file as the rooftop of that number.
    func run(_ source: ScriptSource, rooftop: Int, seed: UInt64) async throws -> Run {
        let (limits, canPrint) = (limits, canPrint)
        return try await pool.run(.init(rooftop: "\(rooftop)", version: ""), loading: { try Room(on: $0, canPrint: canPrint) }) { room in
            let start = ContinuousClock.now
            let result = room.machine.run(source, in: room.image, seed: seed, limits: limits)
            return Run(result: result, seconds: (ContinuousClock.now - start) / .seconds(1), imageBytes: room.image.byteCount)
        }
    }
}

extension String {
    fileprivate init(milliseconds seconds: Double) {
        let tenths = Int((seconds * 10_000).rounded())
        self = "\(tenths / 10).\(tenths % 10)"
    }
}
