internal import Foundation
public import FollowUp
public import Lua

/// Runs a rooftop's `mapping.lua`: the raw rows of one repair order in, a checked repair order or a reason out.
///
/// Stays on the thread it was made on, as its machine does.
public final class Mapper {
    /// What became of one group of rows.
    public enum Mapped: Sendable {
        case repairOrder(RepairOrder)
        /// The mapping left the rows out on purpose: `return skip "reason"`.
        case skipped(reason: String)
        case quarantined(MappingFailure)
    }

    /// A rooftop without a mapping, or one whose mapping lacks what the host calls.
    public struct NoMapping: Error, CustomStringConvertible {
        public let description: String
    }

    private static let function = FunctionName("mapping", "repair_order")
    private static let feed = FunctionName("mapping", "feed")

    private let machine: Machine
    private let limits: HookLimits
    private var image: Image
    private var rowType: Int?
    private var encoder = ValueEncoder()
    private let reader = RepairOrderReader()
    /// The `feed` table as the mapping declares it.
    public let feed: Value

    /// Loads the bundle's `mapping.lua`. Throws `ScriptError`, `LimitExceeded` or `NoMapping`.
    public init(bundle: ScriptBundle, limits: HookLimits = HookLimits()) throws {
        guard bundle.present.contains("mapping") else {
            throw NoMapping(description: "\(bundle.folder.path) has no mapping.lua; it says how the rooftop's export reads")
        }
        machine = try Machine()
        self.limits = limits
        image = try machine.makeImage(
            of: Program(sources: bundle.sources, entries: ["mapping"]), functions: [Self.function, Self.feed],
            limits: limits.loading)
        guard image.has(Self.function) else {
            throw NoMapping(description: "mapping.lua returns no function 'repair_order'; end it with: return { feed = …, repair_order = function(rows) … end }")
        }
        feed = try machine.value(Self.feed, in: image) ?? .empty
    }

    /// Declares the columns of the file about to be mapped, so that a misspelt one is an error in the script.
    public func setColumns(_ columns: [String]) throws {
        precondition(rowType == nil, "a mapper reads one file")
        rowType = image.recordTypeCount
        image = try machine.makeImage(
            extending: image, with: RecordType(name: "row", fields: columns, isRow: true), functions: [Self.function],
            limits: limits.loading)
    }

    /// Where the mapping's function begins, for what can't be laid to a line.
    private var definition: String? { image.definition(of: Self.function)?.description }

    /// Maps the rows of one repair order; `rows` writes them, each with `encoder.row(type:cells:)`.
    public func map(_ rows: (inout ValueEncoder, _ rowType: Int) -> [ValueEncoder.Part]) -> Mapped {
        guard let rowType else { preconditionFailure("setColumns comes before map") }
        encoder.reset()
        let parts = rows(&encoder, rowType)
        let root = encoder.list(parts)
        guard let result = machine.call(Self.function, in: image, with: encoder, root: root, limits: limits.mapping) else {
            preconditionFailure("the image lost its function")
        }
        switch result.outcome {
        case .returned(let value):
            do throws(InvalidTable) {
                return .repairOrder(try reader.repairOrder(value))
            } catch {
                return .quarantined(MappingFailure(code: .badRepairOrder, reason: error.reason, scriptLine: definition))
            }
        case .skipped(let reason): return .skipped(reason: reason)
        case .quarantined(let reason):
            return .quarantined(MappingFailure(code: .refused, reason: reason, scriptLine: definition))
        case .failed(let error):
            let place = error.file.flatMap { file in error.line.map { "\(file):\($0)" } }
            return .quarantined(MappingFailure(code: .scriptError, reason: error.message, scriptLine: place))
        case .killed(let limit):
            return .quarantined(
                MappingFailure(code: .scriptStopped, reason: limit.description, scriptLine: limit.frames.first?.description))
        }
    }
}
