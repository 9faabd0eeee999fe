import ArgumentParser
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Who answered, with the repair order beside it; calls to make; answers, bookings.",
        subcommands: [ListConversations.self, ShowConversation.self, AnswerConversation.self, BookConversation.self, CloseConversation.self, ListCalls.self, SettleCall.self],
        defaultSubcommand: ListConversations.self)

    /// What every part of it takes.
    struct Options: ParsableArguments {
        @Option(help: "The ledger.", completion: .file()) var database = "revisit.sqlite"
        @Option(help: "Only this rooftop's; more than once for several.") var rooftop: [String] = []

        var rooftops: [String]? { rooftop.isEmpty ? nil : rooftop }

        func ledger() throws -> SQLiteLedger { try ExistingLedger.open(database) }
    }

    /// No such conversation, or nothing to do with it.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads "C12", "c12" or "12".
    static func id(_ text: String) throws -> Conversation.ID {
        let digits = text.uppercased().hasPrefix("C") ? text.dropFirst() : text[...]
        guard let number = Int64(digits), number > 0 else { throw ValidationError("expected a conversation as C12, got: \(text)") }
        return Conversation.ID(number)
    }

    static func conversation(_ text: String, in ledger: SQLiteLedger) async throws -> Conversation {
        guard let conversation = try await ledger.conversation(try id(text)) else {
            throw Refused(description: "there is no conversation \(text); revisit inbox lists them")
        }
        return conversation
    }

    static func run(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            throw ExitStatus.of(error, rooftop: "inbox")
        }
    }
}

struct ListConversations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Conversations that wait for the team, the longest waiting first.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @OptionGroup var options: InboxCommand.Options
    @Flag(help: "Also those that are answered, booked or closed.") var all = false
    @Option(help: "At most so many.") var limit = 50
    @Option(help: "pretty, or json, a list.") var format = Format.pretty

    func run() async throws {
        try await InboxCommand.run {
            let ledger = try options.ledger()
            let found = try await ledger.conversations(
                rooftops: options.rooftops, states: all ? Set(Conversation.State.allCases) : [.open], limit: limit)
            if format == .json { return try Console.result(json: found.map(InboxJSON.init)) }
            guard !found.isEmpty else { return print(all ? "nobody has answered yet" : "nobody waits for an answer") }
            let zones = Dictionary(try await ledger.rooftops().map { ($0.id, $0.zone) }) { first, _ in first }
            for conversation in found { print(InboxPage(conversation, zone: zones[conversation.rooftop] ?? .utc).line) }
        }
    }
}

struct ShowConversation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "All that a customer and the rooftop said to each other.")

    @Argument(help: "The conversation, as C12.") var conversation: String
    @OptionGroup var options: InboxCommand.Options
    @Option(help: "pretty, or json.") var format = ListConversations.Format.pretty

    func run() async throws {
        try await InboxCommand.run {
            let ledger = try options.ledger()
            let found = try await InboxCommand.conversation(conversation, in: ledger)
            if format == .json { return try Console.result(json: InboxJSON(found)) }
            let zone = try await ledger.rooftops().first { $0.id == found.rooftop }?.zone ?? .utc
            print(InboxPage(found, zone: zone).text)
        }
    }
}

struct AnswerConversation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Answers a customer, where they wrote last; revisit serve hands it over.")

    @Argument(help: "The conversation, as C12.") var conversation: String
    @Argument(help: "What to say.") var text: String
    @Option(help: "Who says it.") var by: String = NSUserName()
    @OptionGroup var options: InboxCommand.Options

    func validate() throws {
        if text.allSatisfy(\.isWhitespace) { throw ValidationError("expected what to say, got nothing") }
        if text.count > 1600 { throw ValidationError("expected at most 1,600 characters, got: \(text.count)") }
    }

    func run() async throws {
        try await InboxCommand.run {
            let ledger = try options.ledger()
            let found = try await InboxCommand.conversation(conversation, in: ledger)
            guard let answer = try await ledger.queueAnswer(found.id, text: text, by: by, at: SystemClock().now) else {
                throw InboxCommand.Refused(description: "\(found.id): the customer opted out; nothing may be sent to them")
            }
            print("\(answer.id) waits to be handed over by revisit serve")
        }
    }
}

struct BookConversation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "booked", abstract: "The customer has an appointment: follow-up ends, and it is counted.")

    @Argument(help: "The conversation, as C12.") var conversation: String
    @OptionGroup var options: InboxCommand.Options

    func run() async throws {
        try await InboxCommand.run {
            let ledger = try options.ledger()
            let found = try await InboxCommand.conversation(conversation, in: ledger)
            try await ledger.settle(found.id, as: .booked, at: SystemClock().now)
            print("\(found.id) is booked")
        }
    }
}

struct CloseConversation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Nothing is left to say. What was held because an answer might have meant stop goes on.")

    @Argument(help: "The conversation, as C12.") var conversation: String
    @Flag(help: "They did mean stop: nothing more goes to where they wrote from.") var optOut = false
    @OptionGroup var options: InboxCommand.Options

    func run() async throws {
        try await InboxCommand.run {
            let ledger = try options.ledger()
            let found = try await InboxCommand.conversation(conversation, in: ledger)
            let now = SystemClock().now
            if optOut {
                for point in [found.customer.phone.map(ContactPoint.phone), found.customer.email.map(ContactPoint.email)].compactMap({ $0 }) {
                    try await ledger.record(Inbound(rooftop: found.rooftop, from: point, kind: .optOut, at: now))
                }
            }
            try await ledger.settle(found.id, as: .closed, at: now)
            print("\(found.id) is closed\(optOut ? ", and opted out" : "")")
        }
    }
}

struct ListCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "calls", abstract: "Calls to make, the longest waiting first, with talking points.")

    @OptionGroup var options: InboxCommand.Options
    @Option(help: "At most so many.") var limit = 20

    func run() async throws {
        try await InboxCommand.run {
            let calls = try await options.ledger().calls(rooftops: options.rooftops, limit: limit)
            guard !calls.isEmpty else { return print("nobody is to be called") }
            for call in calls {
                print("\(call.touch)  \(call.rooftop)  \(call.customer ?? "no name")  \(call.phone)  repair order \(call.roNumber)")
                for line in call.talkingPoints.split(separator: "\n") { print("    \(line)") }
            }
            print("\nafter a call: revisit inbox called 12 reached (or booked, no_answer, wrong_number, stop)")
        }
    }
}

struct SettleCall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "called", abstract: "What came of a call.")

    @Argument(help: "The touch, as 12.") var touch: String
    @Argument(help: "reached, booked, no_answer, wrong_number or stop.") var outcome: String
    @OptionGroup var options: InboxCommand.Options

    func run() async throws {
        try await InboxCommand.run {
            guard let number = Int64(touch.drop { $0 == "#" }) else { throw ValidationError("expected a touch as 12, got: \(touch)") }
            guard let came = CallTask.Outcome(rawValue: outcome) else {
                throw ValidationError("expected \(CallTask.Outcome.allCases.map(\.rawValue).joined(separator: ", ")), got: \(outcome)")
            }
            guard try await options.ledger().settleCall(Touch.ID(number), came, at: SystemClock().now) else {
                throw InboxCommand.Refused(description: "no call of touch #\(number) waits; revisit inbox calls lists them")
            }
            print("#\(number): \(came.rawValue.replacing("_", with: " "))")
        }
    }
}
