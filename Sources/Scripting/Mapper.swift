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

    /// One kind of record and its columns.
    public struct RecordKind: Sendable {
        /// What its rows have under `record`; nil when there is one kind only.
        public let name: String?
        public let columns: [String]

        public init(name: String?, columns: [String]) {
            self.name = name
            self.columns = columns
        }
    }

    /// The record types of the file at hand.
    public struct Types: Sendable {
        /// That of the first kind of record; the others follow.
        public let firstRow: Int
        /// That of what a repair order is joined with.
        public let joined: Int
    }

    private static let function = FunctionName("mapping", "repair_order")
    private static let feed = FunctionName("mapping", "feed")

    private let machine: Machine
    private let limits: HookLimits
    private var image: Image
    private var types: Types?
    private var encoder = ValueEncoder()
    private var lastTold: (error: ScriptError, failure: MappingFailure)?
    private let reader = RepairOrderReader()
    /// The `feed` table as the mapping declares it.
    public let feed: Value

    /// Loads the bundle's `mapping.lua`. Throws `ScriptError`, `LimitExceeded` or `NoMapping`.
    ///
    /// - Parameter isCovering: The lines that run are noted.
    public init(bundle: ScriptBundle, limits: HookLimits = HookLimits(), isCovering: Bool = false) throws {
        guard bundle.present.contains("mapping") else {
            throw NoMapping(description: "\(bundle.folder.path) has no mapping.lua; it says how the rooftop's export reads")
        }
        machine = try Machine()
        if isCovering { machine.coverLines() }
        self.limits = limits
        image = try machine.makeImage(
            of: Program(sources: bundle.sources, entries: ["mapping"]), functions: [Self.function, Self.feed],
            limits: limits.loading)
        guard image.has(Self.function) else {
            throw NoMapping(description: "mapping.lua returns no function 'repair_order'; end it with: return { feed = …, repair_order = function(rows) … end }")
        }
        feed = try machine.value(Self.feed, in: image) ?? .empty
    }

    /// Declares the records of the file about to be mapped, so that a misspelt column or join is an error in the script.
    public func declare(_ kinds: [RecordKind], joins: [String]) throws {
        precondition(types == nil, "a mapper reads one file")
        let first = image.recordTypeCount
        var declared = kinds.map { kind in
            RecordType(name: kind.name.map { "the \($0) record" } ?? "row", fields: kind.columns, isRow: true, kind: kind.name)
        }
        declared.append(RecordType(name: "what it is joined with", fields: joins))
        types = Types(firstRow: first, joined: first + kinds.count)
        image = try machine.makeImage(extending: image, with: declared, functions: [Self.function], limits: limits.loading)
    }

    /// From now on what the mapping reads is marked in its input.
    public func markReads() {
        machine.markReads()
    }

    /// Looks at the input of the last call, and at the marks in it.
    public func withInput<Result>(_ body: (borrowing ValueEncoder) -> Result) -> Result { body(encoder) }

    /// What mappings asked objects and elements for that they didn't have, since this was asked last.
    public func takeMissedNames() -> [String] { machine.takeMissedNames() }

    /// The lines of a file that ran so far, when they are noted.
    public func coveredLines(of file: String) -> Set<Int> { machine.coveredLines(of: file) }

    /// Where the mapping's function begins, for what can't be laid to a line.
    private var definition: String? { image.definition(of: Self.function)?.description }

    /// A column that is misspelt fails every row alike: it is explained once.
    private func told(_ error: ScriptError) -> MappingFailure {
        if let lastTold, lastTold.error == error { return lastTold.failure }
        let place = error.file.flatMap { file in error.line.map { "\(file):\($0)" } }
        let failure = MappingFailure(code: .scriptError, reason: error.message, scriptLine: place)
        lastTold = (error, failure)
        return failure
    }

    /// Maps one repair order. `write` writes its records, which the mapping gets as a list, and what they are joined with.
    public func map<Failure: Error>(
        _ write: (inout ValueEncoder, Types) throws(Failure) -> (records: ValueEncoder.Part, joined: ValueEncoder.Part)
    ) throws(Failure) -> Mapped {
        guard let types else { preconditionFailure("declare comes before map") }
        encoder.reset()
        let (records, joined) = try write(&encoder, types)
        guard let result = machine.call(
            Self.function, in: image, with: encoder, root: records, second: joined, limits: limits.mapping)
        else {
            preconditionFailure("the image lost its function")
        }
        switch result.outcome {
        case .returned(let value):
            do throws(InvalidTable) {
                return .repairOrder(try reader.repairOrder(value))
            } catch {
                let place = image.place(ofField: error.field, in: Self.function)?.description ?? definition
                return .quarantined(MappingFailure(code: .badRepairOrder, reason: error.reason, scriptLine: place))
            }
        case .skipped(let reason): return .skipped(reason: reason)
        case .quarantined(let reason):
            return .quarantined(MappingFailure(code: .refused, reason: reason, scriptLine: result.frames.first?.description))
        case .failed(let error):
            return .quarantined(told(error))
        case .killed(let limit):
            return .quarantined(
                MappingFailure(code: .scriptStopped, reason: limit.message, scriptLine: limit.frames.first?.description))
        }
    }
}
