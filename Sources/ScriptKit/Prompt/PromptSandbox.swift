internal import FollowUp
internal import Lua
internal import Scripting

/// The Lua behind a prompt: what a line does stays for the next, and what fails leaves no trace.
///
/// Stays on the thread it was made on, as its machine does.
final class PromptSandbox {
    /// What became of an entry.
    enum Evaluated {
        /// The values, each as it is shown.
        case values([String])
        /// More is needed before it can run.
        case incomplete
        case failed(ScriptError)
        case stopped(LimitExceeded)
    }

    private static let names = FunctionName("prompt", "names")
    private static let sourceName = "prompt"

    private let machine: Machine
    private var image: Image
    private(set) var limits = Limits()
    /// What the last entry that ran used, and printed.
    private(set) var last: CallResult?

    /// Loads the bundle. Throws `ScriptError` or `LimitExceeded`.
    init(bundle: ScriptBundle) throws {
        machine = try Machine()
        image = try machine.makeImage(
            of: Program(
                sources: bundle.sources, entries: ["prompt", "given"] + bundle.present,
                base: bundle.base.map { Program.Base(sources: $0, entries: ["prompt", "given"]) }),
            functions: [Self.names])
        let modules = bundle.sources.map { $0.name.dropLast(".lua".count) }.filter { $0 != "rooftop" }
        let list = modules.map { PrettyValue.quoted(String($0)) }.joined(separator: ", ")
        _ = try keep("require(\"prompt\").open { \(list) }").value()
    }

    /// Gives the prompt a touch, as a recorded one: strict and read-only.
    func set(touch value: Value) throws {
        _ = try keep("touch = require(\"given\").recorded(\(PrettyValue(value).text))").value()
    }

    func evaluate(_ entry: String) -> Evaluated {
        let shown = "return require(\"prompt\").show(\(entry)\n)"
        let isExpression = (try? machine.executableLines(of: ScriptSource(name: Self.sourceName, text: shown), in: image)) != nil
        // A name given with local would be gone on the next line.
        let statement = entry.hasPrefix("local ") && !entry.contains("<") ? String(entry.dropFirst("local ".count)) : entry
        let result = keep(isExpression ? shown : statement)
        switch result.outcome {
        case .returned(let value):
            last = result
            guard isExpression else { return .values([]) }
            let values = (value.list?.first?.list ?? []).map { $0.string ?? "" }
            // A hook that ends without return gives nothing, which means the same as nil.
            return .values(values.isEmpty && result.printed.isEmpty ? ["nil"] : values)
        case .skipped(let reason), .quarantined(let reason): return .values([reason])
        case .failed(let error):
            if error.isIncompleteInput { return .incomplete }
            last = result
            return .failed(error)
        case .killed(let limit):
            last = result
            return .stopped(limit)
        }
    }

    /// The words that a word may become.
    func completions(of word: String) -> [String] {
        let text = "return require(\"prompt\").complete(\(PrettyValue.quoted(word)))"
        let result = machine.run(ScriptSource(name: Self.sourceName, text: text), in: image)
        guard case .returned(let value) = result.outcome else { return [] }
        return (value.list?.first?.list ?? []).compactMap(\.string)
    }

    private func keep(_ text: String) -> CallResult {
        let (result, next) = machine.run(ScriptSource(name: Self.sourceName, text: text), on: image, environment: Self.names, limits: limits)
        if let next { image = next }
        return result
    }
}
