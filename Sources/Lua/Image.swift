internal import LuaShim

/// A loaded program at rest: every call starts from these bytes, so no call can see what another did.
///
/// An image belongs to the machine that made it and is used on that machine's thread.
public final class Image {
    let machine: Machine
    let shim: OpaquePointer
    let sources: [ScriptSource]
    let recordTypes: [RecordType]
    var references: [FunctionName: Int32] = [:]
    /// Where each function begins, for what goes wrong after it has returned.
    var definitions: [FunctionName: Frame] = [:]

    init(machine: Machine, shim: OpaquePointer, sources: [ScriptSource], recordTypes: [RecordType]) {
        self.machine = machine
        self.shim = shim
        self.sources = sources
        self.recordTypes = recordTypes
    }

    deinit {
        rv_image_free(machine.shim, shim)
    }

    /// The memory that the image takes.
    public var byteCount: Int { rv_image_bytes(shim) }

    /// Of those, what each call copies back; the rest is code and text, which no call writes.
    public var copiedByteCount: Int { rv_image_copied_bytes(shim) }

    /// Whether the arena is as the image says, also where a call doesn't copy it back. For tests of the sandbox itself.
    public func isIntact() -> Bool { rv_image_is_intact(machine.shim, shim) != 0 }

    /// The number that the next record type will have.
    public var recordTypeCount: Int { recordTypes.count }

    /// The file and line where a function begins.
    public func definition(of function: FunctionName) -> Frame? { definitions[function] }

    /// The function, to call without looking it up again; nil when the file's table has none under that key.
    public func reference(to function: FunctionName) -> FunctionReference? {
        references[function].map { FunctionReference(name: function, index: $0) }
    }

    /// Whether that file's table has a function or value under that key.
    public func has(_ function: FunctionName) -> Bool { references[function] != nil }
}
