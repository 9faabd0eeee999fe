/// A named Lua text. The name is the file's, "message.lua"; scripts `require` it without ".lua".
public struct ScriptSource: Sendable, Equatable {
    public let name: String
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// What goes into an image: the sources that may be required, those run at once, and the records calls are given.
public struct Program: Sendable {
    public var sources: [ScriptSource]
    /// Names of sources, without ".lua", run in this order when the image is made.
    public var entries: [String]
    public var recordTypes: [RecordType]
    /// Whether a name that no one declared is an error, to read and to assign.
    public var isStrict: Bool
    /// Global names that these scripts do without, such as "print" where no one reads what it writes.
    public var withheldGlobals: [String] = []

    public init(sources: [ScriptSource], entries: [String], recordTypes: [RecordType] = [], isStrict: Bool = true) {
        self.sources = sources
        self.entries = entries
        self.recordTypes = recordTypes
        self.isStrict = isStrict
    }
}
