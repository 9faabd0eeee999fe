import ArgumentParser
internal import FollowUp
internal import SQLiteStorage

struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Says of a touch whose outcome nobody knows whether it was sent. It isn't sent again either way.",
        discussion: "Look at the provider's log first. revisit doctor lists such touches.")

    enum Word: String, ExpressibleByArgument, CaseIterable {
        case sent
        case notSent = "not-sent"
    }

    @Argument(help: "The touch, as 12.") var touch: String
    @Argument(help: "sent or not-sent.") var word: Word
    @Option(help: "The ledger.", completion: .file()) var database = "revisit.sqlite"

    func run() async throws {
        do {
            guard let number = Int64(touch.drop { $0 == "#" }) else { throw ValidationError("expected a touch as 12, got: \(touch)") }
            let ledger = try ExistingLedger.open(database)
            guard try await ledger.settleParked(Touch.ID(number), wasSent: word == .sent, at: SystemClock().now) else {
                Console.complain("#\(number) isn't parked; revisit why \(number) tells where it stands")
                throw ExitStatus.nothingRan
            }
            print("#\(number) counts as \(word == .sent ? "sent" : "not sent")")
        } catch {
            throw ExitStatus.of(error, rooftop: touch)
        }
    }
}
