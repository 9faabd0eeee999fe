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

    let shim: OpaquePointer

    public init(arenaBytes: Int = 96 << 20) throws(NoMemory) {
        guard let shim = rv_machine_new(arenaBytes) else { throw NoMemory() }
        self.shim = shim
    }

    deinit {
        rv_machine_free(shim)
    }

    /// Loads a program and takes its image.
    ///
    /// `functions` are those that calls will name; the ones a file doesn't have are left out. Throws `ScriptError` or
    /// `LimitExceeded` when a file doesn't load: a bundle is whole or not at all.
    public func makeImage(
        of program: Program, functions: [FunctionName] = [], limits: Limits = Limits()
    ) throws -> Image {
        let sources = program.sources
        var limitsInC = limits.shim
        try check(withSources(sources) { rv_begin(shim, $0, sources.count, &limitsInC) }, sources)
        for (id, type) in program.recordTypes.enumerated() { try define(type, id: id, sources) }
        if program.isStrict { try check(rv_set_strict(shim), sources) }
        for name in program.withheldGlobals { try check(rv_remove_global(shim, name), sources) }
        for entry in program.entries { try check(rv_load(shim, entry), sources) }
        return try take(functions, sources, program.recordTypes)
    }

    /// Makes another image out of one, with one more record type, as for the columns of a file.
    public func makeImage(
        extending image: Image, with type: RecordType, functions: [FunctionName], limits: Limits = Limits()
    ) throws -> Image {
        var limitsInC = limits.shim
        rv_resume(shim, image.shim, &limitsInC)
        try define(type, id: image.recordTypes.count, image.sources)
        return try take(functions, image.sources, image.recordTypes + [type])
    }

    /// Reads the plain data under a key of a loaded file; nil when there is none.
    public func value(_ name: FunctionName, in image: Image) throws -> Value? {
        guard let reference = image.references[name] else { return nil }
        var limitsInC = Limits().shim
        rv_resume(shim, image.shim, &limitsInC)
        return try check(rv_read(shim, reference), image.sources)
    }

    /// Runs a text in the image, without a trace left behind, and gives the list of all that it returned.
    public func run(_ source: ScriptSource, in image: Image, limits: Limits = Limits()) -> CallResult {
        var limitsInC = limits.shim
        rv_resume(shim, image.shim, &limitsInC)
        var text = source.text
        let result = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { rv_run(shim, "@" + source.name, $0.baseAddress, $0.count) }
        }
        return callResult(result, image.sources + [source])
    }

    /// Calls a function of the image with one value. The same input and seed give the same result.
    public func call(
        _ function: FunctionName, in image: Image, with input: borrowing ValueEncoder, root: ValueEncoder.Part,
        seed: UInt64 = 0, limits: Limits = Limits()
    ) -> CallResult? {
        guard let reference = image.reference(to: function) else { return nil }
        return call(reference, in: image, with: input, root: root, seed: seed, limits: limits)
    }

    /// The same, for a function looked up once.
    public func call(
        _ function: FunctionReference, in image: Image, with input: borrowing ValueEncoder, root: ValueEncoder.Part,
        seed: UInt64 = 0, limits: Limits = Limits()
    ) -> CallResult {
        let result = call(function, in: image, input: input, root: root, seed: seed, limits: limits)
        if result.outcome == RV_RETURNED { return CallResult(result, .returned(decode(result))) }
        return CallResult(result, outcome(result, image.sources, definition: image.definition(of: function.name)))
    }

    /// The same without a `Value` in between: `read` runs over the result's bytes when there is one.
    public func call<Read>(
        _ function: FunctionReference, in image: Image, with input: borrowing ValueEncoder, root: ValueEncoder.Part,
        seed: UInt64 = 0, limits: Limits = Limits(), read: (inout ValueReader) throws -> Read
    ) rethrows -> ReadResult<Read> {
        let result = call(function, in: image, input: input, root: root, seed: seed, limits: limits)
        guard result.outcome == RV_RETURNED else {
            return .other(CallResult(result, outcome(result, image.sources, definition: image.definition(of: function.name))))
        }
        var reader = ValueReader(UnsafeRawBufferPointer(start: result.bytes, count: result.length))
        return .returned(try read(&reader))
    }

    // MARK: - Across the border

    private func call(
        _ function: FunctionReference, in image: Image, input: borrowing ValueEncoder, root: ValueEncoder.Part,
        seed: UInt64, limits: Limits
    ) -> rv_result {
        precondition(image.machine === self, "an image is used on the machine that made it")
        var limitsInC = limits.shim
        return rv_call(
            shim, image.shim, function.index, UnsafePointer(input.bytes.assumingMemoryBound(to: UInt8.self)),
            Int(root.offset), seed, &limitsInC)
    }

    private func take(_ functions: [FunctionName], _ sources: [ScriptSource], _ types: [RecordType]) throws -> Image {
        var references: [FunctionName: Int32] = [:]
        var definitions: [FunctionName: Frame] = [:]
        for function in functions {
            let reference = rv_reference(shim, function.file, function.key)
            guard reference != 0 else { continue }
            references[function] = reference
            var file = [CChar](repeating: 0, count: 64)
            let line = rv_definition(shim, reference, &file)
            guard line > 0 else { continue }
            let name = String(decoding: file.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            definitions[function] = Frame(file: name, line: Int(line), function: function.key)
        }
        guard let taken = rv_take_image(shim) else { throw NoMemory() }
        let image = Image(machine: self, shim: taken, sources: sources, recordTypes: types)
        image.references = references
        image.definitions = definitions
        return image
    }

    private func define(_ type: RecordType, id: Int, _ sources: [ScriptSource]) throws {
        let names = type.fields.map { strdup($0) }
        defer { names.forEach { free($0) } }
        let result = names.map { UnsafePointer($0) }.withUnsafeBufferPointer {
            rv_define_type(shim, UInt16(id), type.name, $0.baseAddress, names.count, type.isRow ? 1 : 0)
        }
        try check(result, sources)
    }

    private func withSources(_ sources: [ScriptSource], _ body: (UnsafePointer<rv_source>?) -> rv_result) -> rv_result {
        let copies = sources.map { (strdup($0.name), strdup($0.text), $0) }
        defer { copies.forEach { free($0.0); free($0.1) } }
        let shims = copies.map {
            rv_source(
                name: $0.0, name_length: $0.2.name.utf8.count, text: $0.1, text_length: $0.2.text.utf8.count)
        }
        return shims.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    @discardableResult
    private func check(_ result: rv_result, _ sources: [ScriptSource]) throws -> Value {
        try callResult(result, sources).value()
    }

    private func callResult(_ result: rv_result, _ sources: [ScriptSource]) -> CallResult {
        if result.outcome == RV_RETURNED { return CallResult(result, .returned(decode(result))) }
        return CallResult(result, outcome(result, sources, definition: nil))
    }

    private func decode(_ result: rv_result) -> Value {
        guard result.length > 0 else { return .null }
        var decoder = ValueDecoder(bytes: UnsafeRawBufferPointer(start: result.bytes, count: result.length))
        return decoder.next()
    }

    /// What became of a call that returned no value.
    private func outcome(_ result: rv_result, _ sources: [ScriptSource], definition: Frame?) -> CallResult.Outcome {
        let trace = result.trace_length == 0 ? [] : Frame.parse(text(result.trace, result.trace_length))
        let frames = trace.isEmpty ? [definition].compactMap { $0 } : trace
        let words = text(UnsafeRawPointer(result.bytes)?.assumingMemoryBound(to: CChar.self), result.length)
        switch result.outcome {
        case RV_SKIPPED: return .skipped(reason: words)
        case RV_QUARANTINED: return .quarantined(reason: words)
        case RV_KILLED: return .killed(LimitExceeded(limit: .init(result.limit), frames: frames))
        default:
            return .failed(
                ScriptError(
                    words, trace: frames, isIncompleteInput: result.incomplete_input != 0,
                    excerpt: { Self.line($1, of: $0, in: sources) }))
        }
    }

    private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        count == 0 ? "" : String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private static func line(_ number: Int, of file: String, in sources: [ScriptSource]) -> String? {
        guard let source = sources.first(where: { $0.name == file }) else { return nil }
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        return String(lines[number - 1].drop { $0 == " " || $0 == "\t" })
    }
}
