internal import Foundation
internal import LuaShim

/// One sandbox: an arena with a Lua state in it, and the images made there.
///
/// Not sendable: a machine stays on one thread. No limit hit and no error inside a script harms it.
public final class Machine {
    /// No memory could be had for the arena.
    public struct NoMemory: Error, CustomStringConvertible {
        public var description: String { "the sandbox's memory could not be reserved" }
    }

    /// Room for what a call may use, for an image, and for what the allocator can't use again.
    public static let usualArenaBytes = 96 << 20

    private struct LoadedBase {
        let base: Program.Base
        let recordTypes: [RecordType]
        let isStrict: Bool
        let canPrint: Bool
        let shim: OpaquePointer
    }

    let shim: OpaquePointer
    private var bases: [LoadedBase] = []

    public init(arenaBytes: Int = usualArenaBytes) throws(NoMemory) {
        guard let shim = rv_machine_new(arenaBytes) else { throw NoMemory() }
        self.shim = shim
    }

    deinit {
        for base in bases { rv_image_free(shim, base.shim) }
        rv_machine_free(shim)
    }

    /// Loads a program and takes its image.
    ///
    /// `functions` are those that calls will name; the ones a file doesn't have are left out. Throws `ScriptError` or
    /// `LimitExceeded` when a file doesn't load: a bundle is whole or not at all.
    public func makeImage(
        of program: Program, functions: [FunctionName] = [], limits: Limits = Limits()
    ) throws -> Image {
        if let base = program.base {
            try begin(from: loaded(base, for: program, limits), program.sources, limits)
        } else {
            try begin(program, limits)
        }
        for entry in program.entries { try check(rv_load(shim, entry), program.sources) }
        return try take(functions, program.sources, program.recordTypes)
    }

    /// Makes a state with everything of a program but its entries.
    private func begin(_ program: Program, _ limits: Limits) throws {
        let sources = program.sources
        var limitsInC = limits.shim
        try check(withSources(sources) { rv_begin(shim, $0, sources.count, &limitsInC) }, sources)
        for (id, type) in program.recordTypes.enumerated() { try define(type, id: id, sources) }
        if program.canPrint { try check(rv_set_printing(shim), sources) }
        if program.isStrict { try check(rv_set_strict(shim), sources) }
    }

    private func begin(from base: OpaquePointer, _ sources: [ScriptSource], _ limits: Limits) throws {
        var limitsInC = limits.shim
        try check(withSources(sources) { rv_begin_from(shim, base, $0, sources.count, &limitsInC) }, sources)
    }

    /// The image of a base, made when it is first asked for.
    private func loaded(_ base: Program.Base, for program: Program, _ limits: Limits) throws -> OpaquePointer {
        let same = bases.first {
            $0.base == base && $0.recordTypes == program.recordTypes && $0.isStrict == program.isStrict && $0.canPrint == program.canPrint
        }
        if let same { return same.shim }
        var whole = program
        whole.sources = base.sources
        try begin(whole, limits)
        for entry in base.entries { try check(rv_load(shim, entry), base.sources) }
        guard let image = rv_take_image(shim) else { throw LimitExceeded(limit: .memory, frames: []) }
        bases.append(
            LoadedBase(base: base, recordTypes: program.recordTypes, isStrict: program.isStrict, canPrint: program.canPrint, shim: image))
        return image
    }

    /// Makes another image out of one, with more record types, as for the columns of a file.
    public func makeImage(
        extending image: Image, with types: [RecordType], functions: [FunctionName], limits: Limits = Limits()
    ) throws -> Image {
        var limitsInC = limits.shim
        rv_resume(shim, image.shim, &limitsInC)
        for (place, type) in types.enumerated() { try define(type, id: image.recordTypes.count + place, image.sources) }
        return try take(functions, image.sources, image.recordTypes + types)
    }

    /// Reads the plain data under a key of a loaded file; nil when there is none.
    public func value(_ name: FunctionName, in image: Image) throws -> Value? {
        guard let reference = image.entry(name)?.reference else { return nil }
        var limitsInC = Limits().shim
        rv_resume(shim, image.shim, &limitsInC)
        return try check(rv_read(shim, reference), image.sources)
    }

    /// Runs a text in the image, without a trace left behind, and gives the list of all that it returned.
    public func run(_ source: ScriptSource, in image: Image, seed: UInt64 = 0, limits: Limits = Limits()) -> CallResult {
        var limitsInC = limits.shim
        let text = source.stored.text
        let result = rv_run(shim, image.shim, "@" + source.name, text.baseAddress, text.count, seed, &limitsInC)
        return callResult(result, image.sources + [source])
    }

    /// Runs a text and keeps what it did, for a prompt whose lines build on each other: the image that comes with the result is the
    /// one to go on from, nil when the text failed or there is no memory for it.
    ///
    /// - Parameter environment: The table that the text's free names live in; the sandbox's own when nil.
    public func run(
        _ source: ScriptSource, on image: Image, environment: FunctionName? = nil, seed: UInt64 = 0, limits: Limits = Limits()
    ) -> (result: CallResult, next: Image?) {
        var limitsInC = limits.shim
        let text = source.stored.text
        let reference = environment.flatMap { image.entry($0)?.reference } ?? 0
        let ran = rv_run_on(shim, image.shim, "@" + source.name, text.baseAddress, text.count, reference, seed, &limitsInC)
        let result = callResult(ran, image.sources + [source])
        guard case .returned = result.outcome, let next = rv_take_image(shim) else { return (result, nil) }
        return (result, image.followed(by: next))
    }

    /// The lines of a source that have code to run, ascending. Throws `ScriptError` when it doesn't compile.
    public func executableLines(of source: ScriptSource, in image: Image) throws -> [Int] {
        var limitsInC = Limits().shim
        let text = source.stored.text
        let compiled = rv_compiled(shim, image.shim, "@" + source.name, text.baseAddress, text.count, &limitsInC)
        guard compiled.outcome == RV_RETURNED else {
            _ = try callResult(compiled, image.sources + [source]).value()
            return []
        }
        return CompiledLines(bytes: UnsafeRawBufferPointer(start: compiled.bytes, count: compiled.length)).lines
    }

    /// From now on the lines that scripts run are noted; calls take longer for it.
    public func coverLines() {
        rv_cover(shim)
    }

    /// The lines of a file that ran since `coverLines`.
    public func coveredLines(of file: String) -> Set<Int> {
        var count = 0
        guard let lines = rv_covered_lines(shim, file, &count) else { return [] }
        return Set((0..<count).filter { lines[$0] != 0 }.map { $0 + 1 })
    }

    /// Calls a function of the image with one value, or two of one input. The same input and seed give the same result.
    public func call(
        _ function: FunctionName, in image: Image, with input: borrowing ValueEncoder, root: ValueEncoder.Part,
        second: ValueEncoder.Part = .none, seed: UInt64 = 0, limits: Limits = Limits()
    ) -> CallResult? {
        guard let entry = image.entry(function) else { return nil }
        var limitsInC = limits.shim
        let result = rv_call(
            shim, image.shim, entry.reference, input.bytes, Int(root.offset), Int(second.offset), seed, &limitsInC)
        return callResult(result, image.sources, definition: entry.definition)
    }

    /// From now on calls mark what they read of rows, objects and elements (`ValueEncoder.wasRead`).
    public func markReads() {
        rv_mark_reads(shim)
    }

    /// The names and paths that scripts asked objects and elements for, and that they didn't have, since this was asked last.
    public func takeMissedNames() -> [String] {
        var length = 0
        let missed = rv_take_missed(shim, &length)
        return text(missed, length).split(separator: "\n").map(String.init)
    }

    // MARK: - Across the border

    private func take(_ functions: [FunctionName], _ sources: [ScriptSource], _ types: [RecordType]) throws -> Image {
        var entries: [Image.Entry] = []
        for function in functions {
            let reference = rv_reference(shim, function.file, function.key)
            guard reference != 0 else { continue }
            var file = [CChar](repeating: 0, count: 64)
            let line = rv_definition(shim, reference, &file)
            let name = String(decoding: file.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let definition = line > 0 ? Frame(file: name, line: Int(line), function: function.key) : nil
            entries.append(Image.Entry(name: function, reference: reference, definition: definition))
        }
        guard let image = rv_take_image(shim) else { throw LimitExceeded(limit: .memory, frames: []) }
        return Image(machine: self, shim: image, sources: sources, recordTypes: types, entries: entries)
    }

    private func define(_ type: RecordType, id: Int, _ sources: [ScriptSource]) throws {
        let names = type.fields.map { strdup($0) }
        defer { names.forEach { free($0) } }
        let result = names.map { UnsafePointer($0) }.withUnsafeBufferPointer {
            rv_define_type(shim, UInt16(id), type.name, $0.baseAddress, names.count, type.isRow ? 1 : 0, type.kind)
        }
        try check(result, sources)
    }

    private func withSources(_ sources: [ScriptSource], _ body: (UnsafePointer<rv_source>?) -> rv_result) -> rv_result {
        let shims = sources.map { source in
            rv_source(
                name: source.stored.name.assumingMemoryBound(to: CChar.self).baseAddress, name_length: source.stored.name.count - 1,
                text: source.stored.text.assumingMemoryBound(to: CChar.self).baseAddress, text_length: source.stored.text.count)
        }
        return shims.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    @discardableResult
    private func check(_ result: rv_result, _ sources: [ScriptSource]) throws -> Value {
        try callResult(result, sources).value()
    }

    private func callResult(_ result: rv_result, _ sources: [ScriptSource], definition: Frame? = nil) -> CallResult {
        let bytes = UnsafeRawBufferPointer(start: result.bytes, count: result.length)
        let trace = result.trace_length == 0 ? [] : Frame.parse(text(result.trace, result.trace_length))
        let frames = trace.isEmpty ? [definition].compactMap { $0 } : trace
        let outcome: CallResult.Outcome
        switch result.outcome {
        case RV_RETURNED:
            var decoder = ValueDecoder(bytes: bytes)
            outcome = .returned(bytes.isEmpty ? .null : decoder.next())
        case RV_SKIPPED: outcome = .skipped(reason: String(decoding: bytes, as: UTF8.self))
        case RV_QUARANTINED: outcome = .quarantined(reason: String(decoding: bytes, as: UTF8.self))
        case RV_KILLED: outcome = .killed(LimitExceeded(limit: .init(result.limit), frames: frames, sources: sources))
        default:
            outcome = .failed(
                ScriptError(
                    String(decoding: bytes, as: UTF8.self), trace: frames,
                    isIncompleteInput: result.incomplete_input != 0, definition: definition, sources: sources))
        }
        return CallResult(
            outcome: outcome, frames: frames, printed: text(result.printed, result.printed_length), fuelUsed: result.fuel_used,
            memoryPeakBytes: result.memory_peak)
    }

    private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        count == 0 ? "" : String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
