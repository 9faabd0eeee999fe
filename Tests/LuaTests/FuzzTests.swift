import Foundation
import LuaFuzzing
import Testing

@Suite struct FuzzTests {
    private static let seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap { UInt64($0) } ?? 1

    @Test("generated programs neither crash nor hang, give one answer and leave no trace")
    func programs() throws {
        let run = try FuzzRun()
        for number in Self.seed..<Self.seed + 3000 {
            if let finding = run.run(number) {
                Issue.record("program \(number): \(finding.description)")
                return
            }
        }
        // A generator whose programs all fail to compile would find nothing.
        #expect(run.endings["returned", default: 0] > 300, "\(run.endings)")
        #expect(run.endings["syntax error", default: 0] < 600, "\(run.endings)")
    }
}
