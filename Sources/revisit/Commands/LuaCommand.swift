import ArgumentParser
import Foundation
internal import Lua
internal import Scripting

struct LuaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lua", abstract: "Runs Lua in the sandbox that every rooftop's scripts run in.",
        discussion: """
            Prints what each file returns, a JSON array a line. Several files run one after another in one \
            process, each as a rooftop of its own; names need no declaring. Exit 65 when a file is refused or raises an error, 69 when a limit stops it.
            """)

    @Argument(help: "Lua files; - is standard input.") var files: [String]
    @Option(help: "VM instructions, and charges for work done in C. The processor time allowed grows with it.")
    var fuel: UInt64 = Limits().fuel
    @Option(help: ArgumentHelp("As 64M or 500K. The largest block and the largest source grow with it.", valueName: "size"))
    var memory = ByteSize(Limits().memoryBytes)
    @Option(help: "What math.random is seeded with.") var seed: UInt64 = 0
    @Flag(help: "Have a print, which writes to standard error.") var print = false
    @Flag(help: "Print fuel, memory, time and the image's size to standard error.") var stats = false

    func validate() throws {
        guard fuel > 0, fuel <= 1 << 40 else { throw ValidationError("--fuel is from 1 to \(UInt64(1) << 40)") }
        guard memory.bytes >= 1 << 20, memory.bytes <= 4 << 30 else { throw ValidationError("--memory is from 1M to 4G") }
    }

    func run() async throws {
        let sandbox = ChunkSandbox(limits: Limits().scaled(fuel: fuel, memoryBytes: memory.bytes), canPrint: print)
        var statuses: [ExitCode] = []
        for (place, file) in files.enumerated() {
            do {
                let source = try Self.source(file)
                let run = try await sandbox.run(source, rooftop: place, seed: seed)
                statuses.append(Self.report(run.result, of: source.name))
                if stats { Console.note("\(source.name): \(run.statistics)") }
            } catch let missing as Unreadable {
                Console.complain(missing.description)
                statuses.append(ExitStatus.missingInput)
            }
        }
        if let failure = statuses.first(where: { $0 != .success }) { throw failure }
    }

    private static func report(_ result: CallResult, of name: String) -> ExitCode {
        if !result.printed.isEmpty { Console.note(String(result.printed.dropLast())) }
        switch result.outcome {
        case .returned(let value):
            var json = CanonicalJSON()
            json.write(value)
            json.literal("\n")
            Console.result(json.bytes)
            return .success
        case .skipped(let reason), .quarantined(let reason):
            Console.note("\(name): \(reason)")
            return .success
        case .failed(let error):
            Console.complain(error.file == nil ? "\(name): \(error)" : "\(error)")
            return ExitStatus.badData
        case .killed(let limit):
            Console.complain(limit.frames.isEmpty ? "\(name): \(limit)" : "\(limit)")
            return ExitStatus.limitHit
        }
    }

    private struct Unreadable: Error { let description: String }

    private static func source(_ file: String) throws -> ScriptSource {
        do {
            let bytes = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(filePath: file))
            return ScriptSource(name: file == "-" ? "stdin" : URL(filePath: file).lastPathComponent, bytes: [UInt8](bytes))
        } catch {
            throw Unreadable(description: "cannot read \(file): \(error.localizedDescription)")
        }
    }
}

/// A number of bytes, as people write it: 500K, 64M, 1G.
struct ByteSize: ExpressibleByArgument {
    let bytes: UInt64

    init(_ bytes: UInt64) {
        self.bytes = bytes
    }

    init?(argument: String) {
        let units: [(suffix: String, shift: UInt64)] = [("K", 10), ("M", 20), ("G", 30)]
        let unit = units.first { argument.uppercased().hasSuffix($0.suffix) }
        guard let count = UInt64(unit == nil ? argument[...] : argument.dropLast()), count < 1 << 32 else { return nil }
        bytes = count << (unit?.shift ?? 0)
    }

    var defaultValueDescription: String { bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes)" }
}
