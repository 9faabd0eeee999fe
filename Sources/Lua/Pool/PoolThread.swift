/// One thread of a pool: its machine, and the rooftops whose images are hot there.
final class PoolThread {
    private struct Hot {
        let key: SandboxPool.Key
        let resident: any SandboxResident
        var usedAt: UInt64
    }

    private let index: Int
    private let schedule: PoolSchedule
    private let settings: SandboxPool.Settings
    private var machine: Machine?
    private var hot: [String: Hot] = [:]
    private var hotBytes = 0
    private var uses: UInt64 = 0

    init(index: Int, schedule: PoolSchedule, settings: SandboxPool.Settings) {
        self.index = index
        self.schedule = schedule
        self.settings = settings
    }

    /// Takes jobs until the pool is gone.
    func run() {
        var ended: PoolSchedule.Ended?
        while let job = schedule.next(for: index, after: ended) {
            let start = ContinuousClock.now
            job.run(self)
            ended = .init(rooftop: job.rooftop, seconds: (ContinuousClock.now - start) / .seconds(1))
        }
    }

    /// The rooftop's images here, loaded when they are cold or of another version.
    func resident<Resident: SandboxResident>(
        _ key: SandboxPool.Key, loading load: (Machine) throws -> Resident
    ) throws -> Resident {
        uses += 1
        if let entry = hot[key.rooftop], entry.key == key, let resident = entry.resident as? Resident {
            hot[key.rooftop]?.usedAt = uses
            return resident
        }
        forget(key.rooftop)
        let machine = try self.machine ?? Machine(arenaBytes: settings.arenaBytes)
        self.machine = machine
        let resident = try load(machine)
        makeRoom(for: resident.byteCount)
        hot[key.rooftop] = Hot(key: key, resident: resident, usedAt: uses)
        hotBytes += resident.byteCount
        return resident
    }

    private func forget(_ rooftop: String) {
        guard let entry = hot.removeValue(forKey: rooftop) else { return }
        hotBytes -= entry.resident.byteCount
    }

    private func makeRoom(for bytes: Int) {
        while hotBytes + bytes > settings.hotBytes, let oldest = hot.min(by: { $0.value.usedAt < $1.value.usedAt }) {
            forget(oldest.key)
        }
    }
}
