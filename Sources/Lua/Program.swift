/// A named Lua text. The name is the file's, "message.lua"; scripts `require` it without ".lua".
public struct ScriptSource: Sendable, Equatable {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public let name: String
    let bytes: [UInt8]

    /// A text in whatever encoding: to Lua it is bytes. A byte order mark, as some editors put it, is left out.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes.starts(with: Self.byteOrderMark) ? Array(bytes.dropFirst(Self.byteOrderMark.count)) : bytes
    }

    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What goes into an image: the sources that may be required, those run at once, and the records calls are given.
public struct Program: Sendable {
    public var sources: [ScriptSource]
    /// Names of sources, without ".lua", run in this order when the image is made.
    public var entries: [String]
    public var recordTypes: [RecordType]
    /// Whether a name that no one declared is an error, to read and to assign.
    public var isStrict: Bool
    /// Whether there is a `print`, whose text comes with each result.
    public var canPrint: Bool

    public init(
        sources: [ScriptSource], entries: [String], recordTypes: [RecordType] = [], isStrict: Bool = true, canPrint: Bool = true
    ) {
        self.sources = sources
        self.entries = entries
        self.recordTypes = recordTypes
        self.isStrict = isStrict
        self.canPrint = canPrint
    }
}
