import FollowUp
import Foundation
import Scripting

/// A rooftop of a test's own, with the real stdlib.
final class Rooftop {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let folder = FileManager.default.temporaryDirectory.appending(path: "revisit-\(UUID().uuidString)")
    let bundle: ScriptBundle

    init(rooftop: String = "return {}", message: String? = nil, channel: String? = nil) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files: [String: String?] = ["rooftop": rooftop, "message": message, "channel": channel]
        for case (let name, let text?) in files {
            try text.write(to: folder.appending(path: name + ".lua"), atomically: true, encoding: .utf8)
        }
        bundle = try ScriptBundle(folder: folder, stdlib: Self.root.appending(path: "stdlib"))
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A touch about rear brake pads at 3 mm, seen on Tuesday, March 3, 2026, unless told otherwise.
    static func facts(
        _ kind: TouchKind = .reminder, declined: [DeclinedItem]? = nil, catalogue: Catalogue = .usual,
        customer: Customer = Customer(name: "Maria Lopez", firstName: "Maria", phone: "+13125550142", textOK: true),
        vehicle: Vehicle = Vehicle(year: 2016, make: "Ford", model: "EXPLORER"), mileage: Int? = 48_210
    ) throws -> TouchFacts {
        let visit = LocalDate(dayNumber: 20_515)
        let zone = try Zone(identifier: "America/Chicago")
        let items = declined ?? [
            DeclinedItem(
                opCode: "BRKR", description: "REAR BRAKE PADS & ROTORS", priceCents: 41_250, severity: .red,
                condition: Condition(measure: .brakePadRear, value: 3, unit: .mm))
        ]
        let order = RepairOrder(
            roNumber: .init("1042"), closedOn: visit, mileage: mileage, customer: customer, vehicle: vehicle, declined: items)
        return TouchFacts(
            kind: kind, now: zone.timestamp(of: visit + kind.day, Cadence.usualSendAt), repairOrder: order,
            items: catalogue.items(declinedOn: order),
            rooftop: .init(
                name: "Hillside Auto", phone: "+13125550100", zone: zone, bookingLink: "https://book.example.com/hillside",
                postalAddress: "100 Example Road, Dayton, OH"),
            bookingLink: "https://book.example.com/hillside/k3v9q2x7mw")
    }
}
