internal import Crypto
internal import FollowUp
internal import Foundation
internal import Lua
internal import Scripting

/// A rooftop's folder, loaded whole: who it is and what its scripts are.
struct RooftopFolder {
    /// An export that has no such repair order.
    struct NoRepairOrder: Error, CustomStringConvertible {
        let description: String
    }

    let bundle: ScriptBundle
    let rooftop: Rooftop

    init(_ path: String) async throws {
        let bundle = try ScriptBundle(folder: URL(filePath: path), stdlib: StandardLibrary.folder())
        self.bundle = bundle
        rooftop = try await SandboxThread.perform { try RooftopReader(bundle: bundle).rooftop() }
    }

    /// Hexadecimal SHA-256 of all that the rooftop's scripts may run.
    var bundleSHA256: String {
        SHA256.hex(of: bundle.contents.flatMap { Array("\($0.name)\0\($0.text.utf8.count)\0\($0.text)".utf8) })
    }

    /// The scripts at work.
    func scripts(in pool: SandboxPool) async throws -> RooftopScripts {
        try await RooftopScripts(rooftop: rooftop.id, bundle: bundle, bundleSHA256: bundleSHA256, pool: pool)
    }

    /// An export's repair orders by way of the rooftop's mapping, in the order read.
    ///
    /// - Parameters:
    ///   - export: A path; one that isn't there is looked for in the rooftop's folder.
    ///   - isQuiet: Rows that are put aside are not told of.
    func orders(in export: String, isQuiet: Bool = false) async throws -> [RepairOrder] {
        let mapping = try await ExportMapping(bundle: bundle, file: path(of: export))
        _ = try await mapping.open()
        var orders: [RepairOrder] = []
        while let record = try await mapping.next() {
            if case .repairOrder(let order, _) = record { orders.append(order) }
        }
        try mapping.checkSomethingMapped()
        for line in mapping.firstReasons where !isQuiet { Console.note("put aside: " + line) }
        return orders
    }

    /// The exports among the rooftop's fixtures, by name.
    var fixtureExports: [String] {
        let folder = bundle.folder.appending(path: "fixtures")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        // What is named after another file is about it: ros.csv.expected.json.
        return names.filter { name in !name.hasSuffix(".lua") && !name.hasPrefix(".") && !names.contains { name.hasPrefix($0 + ".") } }.sorted()
            .map { folder.appending(path: $0).path }
    }

    private func path(of export: String) -> String {
        guard !FileManager.default.fileExists(atPath: export) else { return export }
        let inside = bundle.folder.appending(path: export).path
        return FileManager.default.fileExists(atPath: inside) ? inside : export
    }
}

extension [RepairOrder] {
    /// Every visit of the customer of one repair order.
    func ofCustomer(with number: RepairOrder.Number, in export: String) throws -> [RepairOrder] {
        guard let order = last(where: { $0.roNumber == number }) else {
            let some = prefix(5).map { "\($0.roNumber)" }.joined(separator: ", ")
            throw RooftopFolder.NoRepairOrder(description: "\(export) has no repair order \(number); it has \(some)\(count > 5 ? ", …" : "")")
        }
        return filter { $0.roNumber == number || $0.customer.isSamePerson(as: order.customer) }
    }
}
