public import Foundation

/// What a thread of a pool keeps of a rooftop: its images, and whatever runs them.
///
/// Made on the thread that runs it, and never used on another.
public protocol SandboxResident: AnyObject {
    /// The memory that its images take.
    var byteCount: Int { get }
}

/// Runs the scripts of many rooftops on a few threads of its own.
///
/// A rooftop's calls run one at a time, in the order in which they came, on the thread that has its images; an idle thread
/// takes over from a busy one and loads them anew. A rooftop whose calls take long shares the first thread with others of
/// its kind, so that it can hold up those and nobody else.
///
/// ```
/// let text = try await pool.run(.init(rooftop: "hillside", version: hash), loading: { try Wording(on: $0) }) { $0.text(for: touch) }
/// ```
public final class SandboxPool: Sendable {
    /// A rooftop's scripts in one version. Another version of the same rooftop takes its place.
    public struct Key: Sendable, Hashable {
        public let rooftop: String
        public let version: String

        public init(rooftop: String, version: String) {
            self.rooftop = rooftop
            self.version = version
        }
    }

    public struct Settings: Sendable {
        /// At least two: the first is for rooftops whose calls take long.
        public var threads = max(2, ProcessInfo.processInfo.activeProcessorCount)
        /// The address space of each thread's machine, of which only what is used takes memory.
        public var arenaBytes = Machine.usualArenaBytes
        /// What the images of a thread may take together; those used longest ago are given up first.
        public var hotBytes = 32 << 20
        /// A rooftop whose calls take longer than this, on average, is slow.
        public var slowSeconds = 0.01

        public init() {}
    }

    private let schedule: PoolSchedule

    public init(settings: Settings = Settings()) {
        let schedule = PoolSchedule(threads: max(2, settings.threads), slowSeconds: settings.slowSeconds)
        self.schedule = schedule
        for index in 0..<schedule.threads {
            // The thread holds the schedule and not the pool, whose end is what closes the schedule.
            let thread = Thread { PoolThread(index: index, schedule: schedule, settings: settings).run() }
            thread.stackSize = SandboxThread.stackBytes
            thread.name = "sandbox \(index)"
            thread.start()
        }
    }

    deinit {
        schedule.close()
    }

    /// Runs `body` with what `load` made, which happens once for each thread that comes to hold it.
    ///
    /// Throws what they throw. A call that has begun is not cancelled: its limits end it.
    public func run<Resident: SandboxResident, Output: Sendable>(
        _ key: Key, loading load: @escaping @Sendable (Machine) throws -> Resident,
        _ body: @escaping @Sendable (Resident) throws -> Output
    ) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            schedule.append(PoolJob(rooftop: key.rooftop) { thread in
                continuation.resume(with: Result { try body(try thread.resident(key, loading: load)) })
            })
        }
    }

    /// Runs `body` with each input, in order, and lets other rooftops have their turns in between.
    public func map<Resident: SandboxResident, Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ key: Key, loading load: @escaping @Sendable (Machine) throws -> Resident,
        _ body: @escaping @Sendable (Input, Resident) throws -> Output
    ) async throws -> [Output] {
        var outputs: [Output] = []
        while outputs.count < inputs.count {
            let rest = inputs[outputs.count...]
            outputs += try await run(key, loading: load) { resident in
                let end = ContinuousClock.now + Self.turn
                var done: [Output] = []
                for input in rest {
                    done.append(try body(input, resident))
                    if ContinuousClock.now > end { break }
                }
                return done
            }
        }
        return outputs
    }

    private static let turn = Duration.milliseconds(2)
}

/// One call that waits for a thread.
struct PoolJob: Sendable {
    let rooftop: String
    let run: @Sendable (PoolThread) -> Void
}
