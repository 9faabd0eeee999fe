internal import Feeds
internal import Foundation
internal import Lua
internal import FollowUp
internal import ScriptKit
internal import Scripting

/// Maps an export of a rooftop's fixtures and compares it with the repair orders that are expected.
struct FixtureMapping: Sendable {
    private static let changesShown = 5
    let bundle: ScriptBundle

    /// Compares, and tells which lines of the scripts ran.
    func check(_ input: String, _ expected: String) async -> TestRun.Mapped {
        var lines: [String: Set<Int>] = [:]
        let failure = await failure(input, expected, &lines)
        return TestRun.Mapped(failure: failure, lines: lines)
    }

    /// Why they differ; nil when they are the same.
    private func failure(_ input: String, _ expected: String, _ lines: inout [String: Set<Int>]) async -> TestFailure? {
        let folder = bundle.folder.appending(path: "fixtures")
        let wanted: [[String: Any]]
        do {
            let data = try Data(contentsOf: folder.appending(path: expected))
            guard let orders = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
                return TestFailure(message: "fixtures/\(expected) is no list of repair orders, as revisit map prints them")
            }
            wanted = orders
        } catch {
            return TestFailure(
                message: "cannot read fixtures/\(expected)", remedy: "make it with: revisit map \(bundle.folder.relativePath) \(folder.relativePath)/\(input), and look it over")
        }
        do {
            let (mapped, aside) = try await map(folder.appending(path: input).path, &lines)
            return try Self.difference(mapped, wanted, aside: aside, input)
        } catch {
            return TestFailure(message: "fixtures/\(input): \(error)")
        }
    }

    private func map(_ file: String, _ lines: inout [String: Set<Int>]) async throws -> (orders: [RepairOrder], aside: [String]) {
        let mapping = try await ExportMapping(bundle: bundle, file: file, isCovering: true)
        _ = try await mapping.open()
        var orders: [RepairOrder] = []
        var fold = RevisionFold()
        while let record = try await mapping.next() {
            guard case .repairOrder(let order, _) = record else { continue }
            if mapping.format.fold { fold.add(order) } else { orders.append(order) }
        }
        for source in bundle.own { lines[source.name] = await mapping.coveredLines(of: source.name) }
        return (orders + fold.standing, mapping.firstReasons)
    }

    private static func difference(_ mapped: [RepairOrder], _ wanted: [[String: Any]], aside: [String], _ input: String) throws -> TestFailure? {
        var changes: [String] = []
        for place in 0..<max(mapped.count, wanted.count) {
            guard place < mapped.count else {
                changes.append("repair order \(wanted[place]["ro_number"] ?? "?") is missing")
                continue
            }
            let order = mapped[place]
            guard place < wanted.count else {
                changes.append("repair order \(order.roNumber) is not expected")
                continue
            }
            let got = try CanonicalFields(order).values
            let want = try CanonicalFields(json: JSONSerialization.data(withJSONObject: wanted[place])).values
            let gotValues = Dictionary(got.map { ($0.path, $0.json) }) { first, _ in first }
            let wantValues = Dictionary(want.map { ($0.path, $0.json) }) { first, _ in first }
            for path in Set(gotValues.keys).union(wantValues.keys).sorted() where gotValues[path] != wantValues[path] {
                changes.append("RO \(order.roNumber): \(path) is \(gotValues[path] ?? "nothing"), expected \(wantValues[path] ?? "nothing")")
            }
        }
        guard let first = changes.first else { return nil }
        let put = aside.isEmpty ? "" : "; put aside: \(aside[0])"
        let more = changes.count > 1 ? "; and \(changes.count - 1) more" : ""
        return TestFailure(message: "fixtures/\(input): \(first)\(more)\(put)", example: changes.count > 1 ? changes.prefix(changesShown).joined(separator: "\n") : nil)
    }
}
