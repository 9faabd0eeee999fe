internal import LuaShim

/// What one call may use. The host sets them; a script can't.
public struct Limits: Sendable, Equatable {
    /// VM instructions, plus charges for work done in C, bytes allocated and source compiled.
    public var fuel: UInt64 = 10_000_000
    /// Live and garbage together: nothing is collected inside a call.
    public var memoryBytes: UInt64 = 32 << 20
    /// Any single string, table or other block.
    public var blockBytes: UInt64 = 1 << 20
    /// One file, or one text that a script loads.
    public var sourceBytes: UInt64 = 64 << 10
    /// A result, and what `print` wrote.
    public var outputBytes: UInt64 = 1 << 20
    /// Values in a result.
    public var outputNodes: UInt32 = 20_000
    /// Tables inside tables of a result.
    public var outputDepth: UInt32 = 16
    /// The backstop for work that fuel prices too low.
    public var processorSeconds: Double = 0.4

    public init() {}

    /// More or less of everything that goes with fuel, which is processor time, and with memory, which is blocks and sources.
    public func scaled(fuel: UInt64, memoryBytes: UInt64) -> Limits {
        var scaled = self
        scaled.fuel = fuel
        scaled.memoryBytes = memoryBytes
        let times = Double(fuel) / Double(self.fuel), size = Double(memoryBytes) / Double(self.memoryBytes)
        if times > 1 { scaled.processorSeconds *= times }
        if size > 1 {
            scaled.blockBytes = UInt64(Double(blockBytes) * size)
            scaled.sourceBytes = UInt64(Double(sourceBytes) * size)
        }
        return scaled
    }

    var shim: rv_limits {
        rv_limits(
            fuel: fuel, memory_bytes: memoryBytes, block_bytes: blockBytes, source_bytes: sourceBytes, output_bytes: outputBytes,
            output_nodes: outputNodes, output_depth: outputDepth,
            processor_nanoseconds: UInt64(processorSeconds * 1e9))
    }
}
