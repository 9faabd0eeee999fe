import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import SQLiteStorage
internal import ScriptKit

struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl", abstract: "Walks through one customer's follow-up, and tries Lua on it.",
        discussion: """
            Time goes forward and back, the customer answers when you say so, and `.why` tells each rule. It works on a copy and never \
            sends. At a terminal lines are edited, Tab completes, and scripts are loaded again when a file changes; otherwise lines are \
            read without a prompt, and the first that fails ends it with exit 1.
            """)

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Option(help: "The repair order to begin with; else the first with declined work.") var ro: String?
    @Option(help: "The export that has it; else those in the rooftop's fixtures.", completion: .file()) var export: String?
    @Option(help: "Take the repair order from this ledger, which stays as it is.", completion: .file()) var database: String?

    func validate() throws {
        if export != nil, database != nil { throw ValidationError("--export and --database both say where repair orders are; give one") }
        if database != nil, ro == nil { throw ValidationError("--database needs --ro, the repair order to look at") }
    }

    func run() async throws {
        do {
            try await talk()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: export)
        }
    }

    private func talk() async throws {
        let scratch = try ScratchFolder()
        let pool = SandboxPool()
        let source = RepairOrderSource(rooftop: rooftop, export: export, database: database, ro: ro.map { RepairOrder.Number($0) })
        let session = ReplSession(
            load: {
                let folder = try await RooftopFolder(rooftop)
                return .init(
                    bundle: folder.bundle, rooftop: folder.rooftop, writer: try await folder.scripts(in: pool),
                    orders: try await source.orders(of: folder))
            },
            makeLedger: { try SQLiteLedger.scratch(path: scratch.path("look-\(UUID().uuidString).sqlite")) },
            link: BookingLinks.sample, saveTest: { try SavedTestFiles($0).write() })
        let lines = try LineSource(.current()) { line in Self.waiting { await session.completions(of: line) } }
        let loop = PromptLoop(
            session: session, lines: lines, folders: [URL(filePath: rooftop), try StandardLibrary.folder()], style: TerminalStyle(color: .auto))
        guard try await loop.run(roNumber: ro.map { RepairOrder.Number($0) }) else { throw ExitStatus.findings }
    }

    /// The line editor asks for completions while it holds the main thread.
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
        let done = DispatchSemaphore(value: 0)
        let box = Box<Value>()
        Task.detached {
            box.value = await work()
            done.signal()
        }
        done.wait()
        guard let value = box.value else { preconditionFailure("the task signals after it has a value") }
        return value
    }

    private final class Box<Value>: @unchecked Sendable { var value: Value? }
}
