import FeedFuzzing
@preconcurrency import Foundation

/// Reads damaged exports of every family and looks for crashes, hangs, and records lost, made up or misplaced.
///
///     FeedFuzz [EXPORTS] [SEED]      EXPORTS from SEED on; 100,000 and a random one when left out
///     FeedFuzz --only NUMBER         prints and reads one export
var arguments = Array(CommandLine.arguments.dropFirst())
let run = FeedFuzzRun()

if arguments.first == "--only", arguments.count == 2, let number = UInt64(arguments[1]) {
    let export = run.export(number)
    print(export.name)
    print(String(decoding: export.bytes, as: UTF8.self))
    if let finding = run.run(number) { print("✗ \(finding.description)"); exit(1) }
    print("✓ \(run.endings)")
    exit(0)
}

let count = arguments.first.flatMap { UInt64($0) } ?? 100_000
let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 40)
print("seed \(seed), \(count) exports")
fflush(nil)
/// The export that is read, for the thread that watches.
nonisolated(unsafe) var current = seed
let watch = Thread {
    var last = UInt64.max
    while true {
        Thread.sleep(forTimeInterval: 5)
        if current == last { print("✗ export \(current) hangs"); fflush(nil); abort() }
        last = current
    }
}
watch.start()
var findings = 0
for number in seed..<seed + count {
    current = number
    if let finding = run.run(number) {
        findings += 1
        print("✗ export \(number): \(finding.description)")
    }
    if (number - seed) % 20_000 == 19_999 { print("\(number - seed + 1) exports") }
}
for (ending, times) in run.endings.sorted(by: { $0.value > $1.value }) { print("  \(ending): \(times)") }
print("\(run.records) records, \(run.quarantined) put aside")
print(findings == 0 ? "no crash, no hang, none lost, made up or misplaced" : "\(findings) findings")
exit(findings == 0 ? 0 : 1)
