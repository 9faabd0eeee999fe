import Foundation

// A process of its own on a ledger, for the durability tests to start, fail and kill. Not installed with Revisit.
let arguments = CommandLine.arguments
guard arguments.count >= 4, let seed = UInt64(arguments[3]) else {
    print("usage: LedgerWorker JOB DATABASE SEED [JOURNAL|-] [WORD...]")
    exit(64)
}
let journal = arguments.count > 4 && arguments[4] != "-" ? arguments[4] : nil
let worker = try Worker(path: arguments[2], seed: seed, journal: journal, words: Array(arguments.dropFirst(5)))
do {
    try await worker.run(arguments[1])
} catch {
    worker.tell("error \(error)")
    exit(1)
}
