internal import Lua
public import Scripting

/// Changes a rooftop's scripts in every small way, one at a time, and asks its tests whether they notice.
public struct MutationRun: Sendable {
    public struct Report: Sendable {
        public internal(set) var caught = 0
        /// Changes after which every test still passes, in the files' order.
        public internal(set) var survivors: [Mutant] = []

        public var total: Int { caught + survivors.count }
        /// Of a hundred changes.
        public var percent: Double { total == 0 ? 100 : Double(caught) * 100 / Double(total) }
    }

    /// Runs a changed bundle's tests until one fails, and tells whether they all passed.
    public typealias Passes = @Sendable (ScriptBundle) async throws -> Bool

    private let bundle: ScriptBundle
    private let passes: Passes

    public init(bundle: ScriptBundle, passes: @escaping Passes) {
        self.bundle = bundle
        self.passes = passes
    }

    /// Every change to the rooftop's own scripts. `rooftop.lua` is data, and `feed` tables are tested by their exports.
    public var mutants: [Mutant] {
        bundle.own.filter { $0.name != "rooftop.lua" }.flatMap { Mutants.of(text: $0.text, file: $0.name) }
    }

    /// - Parameters:
    ///   - workers: How many changes are tried at once.
    ///   - tell: Hears how many have been tried.
    public func run(workers: Int, _ tell: @escaping @Sendable (Int) -> Void) async throws -> Report {
        let mutants = mutants
        var alive: [Int] = []
        var report = Report()
        try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            var next = 0
            func add() {
                guard next < mutants.count else { return }
                let (place, mutant) = (next, mutants[next])
                next += 1
                group.addTask { (place, try await survives(mutant)) }
            }
            for _ in 0..<max(1, workers) { add() }
            var tried = 0
            while let (place, survived) = try await group.next() {
                if survived { alive.append(place) } else { report.caught += 1 }
                tried += 1
                tell(tried)
                add()
            }
        }
        report.survivors = alive.sorted().map { mutants[$0] }
        return report
    }

    private func survives(_ mutant: Mutant) async throws -> Bool {
        guard let source = bundle.own.first(where: { $0.name == mutant.file }) else { return false }
        return try await passes(bundle.replacing(mutant.file, by: mutant.applied(to: source.text)))
    }
}
