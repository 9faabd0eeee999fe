internal import Foundation
internal import Synchronization

/// A named Lua text. The name is the file's, "message.lua"; scripts `require` it without ".lua".
public struct ScriptSource: Sendable, Equatable {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public let name: String
    let stored: StoredSource
    /// Whether the file is the standard library's: an error in it is told at the script's line that called it.
    public var isLibrary = false

    /// A text in whatever encoding: to Lua it is bytes. A byte order mark, as some editors put it, is left out.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        stored = .shared(name, bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(Self.byteOrderMark.count) : bytes[...])
    }

    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    public var text: String { String(decoding: stored.text, as: UTF8.self) }

    var lastWrittenLine: Int {
        1 + stored.text.reversed().drop { $0 <= 32 }.count { $0 == UInt8(ascii: "\n") }
    }

    /// A line as the script's author wrote it, from 1; nil when there is none.
    public func line(_ number: Int) -> String? {
        let lines = stored.text.split(separator: UInt8(ascii: "\n"), maxSplits: max(0, number), omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        let text = String(decoding: lines[number - 1], as: UTF8.self)
        return String(text.prefix { $0 != "\r" && $0 != "\r\n" })
    }

    public static func == (left: ScriptSource, right: ScriptSource) -> Bool { left.stored === right.stored }
}

/// Name and text where C can read them as long as anybody holds the source. There is one of each: rooftops share those of the
/// standard library.
final class StoredSource: @unchecked Sendable {
    private struct Entry { weak var source: StoredSource? }

    private static let all = Mutex<[String: [Entry]]>([:])

    let name: UnsafeRawBufferPointer
    let text: UnsafeRawBufferPointer

    static func shared(_ name: String, _ text: ArraySlice<UInt8>) -> StoredSource {
        all.withLock { all in
            let living = all[name, default: []].filter { $0.source != nil }
            if let known = living.lazy.compactMap(\.source).first(where: { $0.holds(text) }) { return known }
            let source = StoredSource(name, text)
            all[name] = living + [Entry(source: source)]
            return source
        }
    }

    private func holds(_ other: ArraySlice<UInt8>) -> Bool {
        guard text.count == other.count, let mine = text.baseAddress else { return other.isEmpty && text.isEmpty }
        return other.withUnsafeBytes { $0.baseAddress.map { memcmp(mine, $0, text.count) == 0 } ?? true }
    }

    private init(_ name: String, _ text: ArraySlice<UInt8>) {
        self.name = Self.copy(Array(name.utf8) + [0])
        self.text = Self.copy(text)
    }

    deinit {
        name.deallocate()
        text.deallocate()
    }

    private static func copy(_ bytes: some Collection<UInt8>) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
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
    /// Whether there is a `print`, whose text comes with each result.
    public var canPrint: Bool
    /// A program that this one goes on from: what many have in common is loaded once. Its record types, strictness and print hold.
    public var base: Base?

    /// Sources that many programs have, and those of them that are run for all.
    public struct Base: Sendable, Equatable {
        public var sources: [ScriptSource]
        public var entries: [String]

        public init(sources: [ScriptSource], entries: [String]) {
            self.sources = sources
            self.entries = entries
        }
    }

    public init(
        sources: [ScriptSource], entries: [String], recordTypes: [RecordType] = [], isStrict: Bool = true, canPrint: Bool = true,
        base: Base? = nil
    ) {
        self.sources = sources
        self.entries = entries
        self.recordTypes = recordTypes
        self.isStrict = isStrict
        self.canPrint = canPrint
        self.base = base
    }
}
