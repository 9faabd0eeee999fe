import FeedFuzzing
import Foundation
import Testing

@Suite struct FeedFuzzTests {
    private static let seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 40)

    @Test("damaged exports of every family are read or refused, the same way in any chunks, and no record is lost, made up or misplaced")
    func damaged() {
        print("damaged exports, seed \(Self.seed)")
        let run = FeedFuzzRun()
        for number in Self.seed..<Self.seed + 2_000 {
            if let finding = run.run(number) { Issue.record("REVISIT_SEED=\(number): \(finding.description)") }
        }
        // A generator whose exports are all refused would find nothing.
        #expect(run.endings.filter { $0.key.hasSuffix(" read") }.values.reduce(0, +) > 1_000, "\(run.endings)")
        #expect(run.quarantined > 500)
        #expect(run.records > 5_000)
    }
}
