public import FollowUp
public import Lua

/// Gives touches as scripts see them, as plain values: for a prompt, and for fixtures.
///
/// Stays on the thread it was made on, as its machine does.
public final class TouchCopy {
    private static let source = ScriptSource(name: "copy.lua", text: "return { touch = function(touch) return touch end }")
    private static let function = FunctionName("copy", "touch")

    private let machine: Machine
    private let image: Image
    private var encoder = ValueEncoder()

    public init() throws {
        machine = try Machine()
        image = try machine.makeImage(
            of: Program(sources: [Self.source], entries: ["copy"], recordTypes: TouchRecord.types), functions: [Self.function])
    }

    /// A table with the catalogue's field names; absent fields are left out.
    public func value(of facts: TouchFacts, on channel: ContactChannel, allowed: [ContactChannel]?) throws -> Value {
        encoder.reset()
        let root = TouchRecord.write(facts, channel: channel, allowed: allowed, to: &encoder)
        guard let result = machine.call(Self.function, in: image, with: encoder, root: root) else { return .null }
        return try result.value()
    }
}
