internal import LuaShim

/// What one call may use. The host sets them; a script can't.
public struct Limits: Sendable, Equatable {
    /// VM instructions, plus charges for work done in C, bytes allocated and source compiled.
    public var fuel: UInt64 = 10_000_000
    /// Live and garbage together: nothing is collected inside a call.
    public var memoryBytes: UInt64 = 32 << 20
    /// Any single string, table or other block.
    public var blockBytes: UInt64 = 1 << 20
    /// A result, and what `print` wrote.
    public var outputBytes: UInt64 = 1 << 20
    /// Values in a result.
    public var outputNodes: UInt32 = 20_000
    /// Tables inside tables of a result.
    public var outputDepth: UInt32 = 16
    /// The backstop for work that fuel prices too low.
    public var processorSeconds: Double = 0.4

    /// Any single text that is compiled.
    public var sourceBytes: UInt64 = 64 << 10

    public init() {}

    var shim: rv_limits {
        rv_limits(
            fuel: fuel, memory_bytes: memoryBytes, block_bytes: blockBytes, output_bytes: outputBytes,
            output_nodes: outputNodes, output_depth: outputDepth,
            processor_nanoseconds: UInt64(processorSeconds * 1e9), source_bytes: sourceBytes)
    }
}
