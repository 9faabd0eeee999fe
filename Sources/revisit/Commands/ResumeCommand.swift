import ArgumentParser
internal import FollowUp
internal import SQLiteStorage

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets what was stopped go on: a channel that was halted, a rooftop that stood still for a week.",
        discussion: """
            A channel is halted when the provider refuses everything, as for a wrong token; a rooftop waits for your word when nothing ran for \
            more than seven days. What waited goes out spread over the rooftop's hours, and what is too late expires.
            """)

    @Argument(help: "sms, email or call; or the folder of a rooftop, as scripts/hillside.") var what: String
    @Option(help: "The ledger.", completion: .file()) var database = "revisit.sqlite"

    func run() async throws {
        do {
            let ledger = try ExistingLedger.open(database)
            let now = SystemClock().now
            if let channel = ContactChannel(rawValue: what) {
                guard try await ledger.resume(channel, at: now) else {
                    Console.complain("\(what) isn't halted")
                    throw ExitStatus.nothingRan
                }
                return print("\(what) goes on")
            }
            let rooftop = try await RooftopFolder(what).rooftop
            try await ExistingLedger.check(rooftop.id, isIn: ledger, database)
            try await ledger.resume(rooftop: rooftop.id, hours: rooftop.hours, at: now)
            print("\(rooftop.id) goes on, spread over its hours")
        } catch {
            throw ExitStatus.of(error, rooftop: what)
        }
    }
}
