@preconcurrency import Foundation
import LuaFuzzing

/// Runs generated Lua programs in the sandbox and looks for crashes, hangs, differences and traces.
///
///     SandboxFuzz [PROGRAMS] [SEED]      PROGRAMS from SEED on; 200,000 and a random one when left out
///     SandboxFuzz --only NUMBER          prints and runs one program
var arguments = Array(CommandLine.arguments.dropFirst())
let run = try FuzzRun()

if arguments.first == "--only", arguments.count == 2, let number = UInt64(arguments[1]) {
    var generator = ProgramGenerator(seed: number)
    print(generator.program())
    if let finding = run.run(number) { print("✗ \(finding.description)"); exit(1) }
    print("✓ \(run.endings)")
    exit(0)
}

let count = arguments.first.flatMap { UInt64($0) } ?? 200_000
let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 40)
print("seed \(seed), \(count) programs")
fflush(nil)
/// The program that runs, for the thread that watches.
nonisolated(unsafe) var current = seed
let watch = Thread {
    var last = UInt64.max
    while true {
        Thread.sleep(forTimeInterval: 5)
        if current == last { print("✗ program \(current) hangs"); fflush(nil); abort() }
        last = current
    }
}
watch.start()
var findings = 0
for number in seed..<seed + count {
    current = number
    if let finding = run.run(number) {
        findings += 1
        print("✗ program \(number): \(finding.description)")
    }
    if (number - seed) % 20_000 == 19_999 { print("\(number - seed + 1) programs") }
}
for (ending, times) in run.endings.sorted(by: { $0.value > $1.value }) { print("  \(ending): \(times)") }
print(findings == 0 ? "no crash, no hang, no difference, no trace" : "\(findings) findings")
exit(findings == 0 ? 0 : 1)
