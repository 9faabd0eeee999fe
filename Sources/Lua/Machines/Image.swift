internal import LuaShim

/// A loaded program at rest: every call starts from these bytes, so no call can see what another did.
///
/// An image belongs to the machine that made it and is used on that machine's thread.
public final class Image {
    let machine: Machine
    let shim: OpaquePointer
    let sources: [ScriptSource]
    let recordTypes: [RecordType]
    private let entries: [Entry]

    /// A function or value that calls may name.
    struct Entry {
        let name: FunctionName
        let reference: Int32
        /// Where a function begins, for what goes wrong after it has returned.
        let definition: Frame?
    }

    init(machine: Machine, shim: OpaquePointer, sources: [ScriptSource], recordTypes: [RecordType], entries: [Entry]) {
        self.machine = machine
        self.shim = shim
        self.sources = sources
        self.recordTypes = recordTypes
        self.entries = entries
    }

    /// An image that goes on from this one, with the same files and functions.
    func followed(by next: OpaquePointer) -> Image {
        Image(machine: machine, shim: next, sources: sources, recordTypes: recordTypes, entries: entries)
    }

    deinit {
        rv_image_free(machine.shim, shim)
    }

    /// The memory that the image takes.
    public var byteCount: Int { rv_image_bytes(shim) }

    /// What each call copies back; the rest, code and short text, no call writes.
    public var copiedByteCount: Int { rv_image_copied_bytes(shim) }

    /// Gets ready for a call, and says whether the sandbox's memory is then the image to the byte. For tests.
    func returns() -> Bool { rv_image_returns(machine.shim, shim) != 0 }

    /// The number that the next record type will have.
    public var recordTypeCount: Int { recordTypes.count }

    /// The file and line where a function begins.
    public func definition(of function: FunctionName) -> Frame? { entry(function)?.definition }

    /// The only line of the function's file that sets a field of that name; nil when there are several, or none.
    public func place(ofField field: String, in function: FunctionName) -> Frame? {
        let name = function.file + ".lua"
        guard let source = sources.first(where: { $0.name == name }) else { return nil }
        return ScannedScript(source.stored.text).onlyField(field).map { Frame(file: name, line: $0.line, function: nil) }
    }

    /// What a function returned, told as an error of it: "returned a number, expected text".
    public func error(in function: FunctionName, _ problem: String) -> ScriptError {
        ScriptError(definition(of: function).map { "\($0): \(problem)" } ?? problem, sources: sources)
    }

    /// Whether that file's table has a function or value under that key.
    public func has(_ function: FunctionName) -> Bool { entry(function) != nil }

    /// A handful are named, so that a look through them costs less than a hash.
    func entry(_ name: FunctionName) -> Entry? { entries.first { $0.name == name } }
}

/// A function by file and key: `FunctionName("message", "sms")`.
public struct FunctionName: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    public let key: String

    public init(_ file: String, _ key: String) {
        self.file = file
        self.key = key
    }

    public var description: String { "\(file).\(key)" }
}
