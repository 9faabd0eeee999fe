internal import FollowUp
internal import Lua

/// Turns what a mapping returned into a `RepairOrder`, checking every field.
struct RepairOrderReader {
    private static let repairOrderFields = HookCatalogue.mappedOrder.sortedNames
    private static let customerFields = HookCatalogue.mappedCustomer.sortedNames
    private static let vehicleFields = HookCatalogue.mappedVehicle.sortedNames
    private static let declinedFields = HookCatalogue.mappedItem.sortedNames
    private static let conditionFields = HookCatalogue.mappedCondition.sortedNames
    private static let performedFields = HookCatalogue.performedWork.sortedNames

    func repairOrder(_ value: Value) throws(InvalidTable) -> RepairOrder {
        let fields = try FieldReader(value, at: .whole, known: Self.repairOrderFields, of: "a repair order")
        guard let number = try fields.text("ro_number") else { throw fields.missing("ro_number") }
        guard let closed = try fields.text("closed_on") else { throw fields.missing("closed_on") }
        guard let closedOn = LocalDate(closed) else {
            throw InvalidTable(reason: "closed_on '\(closed)' is not a day, expected YYYY-MM-DD")
        }
        let mileage = try fields.int("mileage")
        if let mileage, mileage < 0 { throw InvalidTable(reason: "mileage is negative: \(mileage)") }
        return RepairOrder(
            roNumber: RepairOrder.Number(number), revision: try fields.int("revision"),
            status: try fields.choice("status", of: RepairOrder.Status.self) ?? .closed, closedOn: closedOn,
            mileage: mileage, customer: try customer(fields.value("customer")),
            vehicle: try vehicle(fields.value("vehicle")), declined: try fields.list("declined", declinedItem) ?? [],
            performed: try fields.list("performed", performedWork),
            doneElsewhere: try fields.list("done_elsewhere") { value, path throws(InvalidTable) in
                guard let opCode = value.string else { throw InvalidTable(reason: "\(path) is \(value.kind), expected an op code") }
                return opCode
            })
    }

    private func customer(_ value: Value) throws(InvalidTable) -> Customer {
        let fields = try FieldReader(value, at: FieldPath.whole.field("customer"), known: Self.customerFields, of: "a repair order")
        let phone = try fields.text("phone")
        if let phone, !Self.isE164(phone) {
            throw InvalidTable(reason: "customer.phone is not a full number, expected +13125550142 (phone.us makes one)")
        }
        let email = try fields.text("email")
        if let email, !Self.isAddress(email) {
            throw InvalidTable(reason: "customer.email is no address in lower case (consent.email_address makes one or nil)")
        }
        return Customer(
            name: try fields.text("name"), firstName: try fields.text("first_name"), phone: phone, email: email,
            textOK: try fields.bool("text_ok"), emailOK: try fields.bool("email_ok"),
            preferredChannel: try fields.choice("preferred_channel", of: Customer.Preference.self),
            customerNumber: try fields.text("customer_number"))
    }

    private func vehicle(_ value: Value) throws(InvalidTable) -> Vehicle {
        let fields = try FieldReader(value, at: FieldPath.whole.field("vehicle"), known: Self.vehicleFields, of: "a repair order")
        return Vehicle(
            vin: try fields.text("vin"), year: try fields.int("year"), make: try fields.text("make"),
            model: try fields.text("model"))
    }

    private func declinedItem(_ value: Value, _ path: FieldPath) throws(InvalidTable) -> DeclinedItem {
        let fields = try FieldReader(value, at: path, known: Self.declinedFields, of: "a repair order")
        guard let description = try fields.text("description") else { throw fields.missing("description") }
        let condition = fields.value("condition")
        return DeclinedItem(
            opCode: try fields.text("op_code"), description: description, priceCents: try fields.int("price_cents"),
            severity: try fields.choice("severity", of: DeclinedItem.Severity.self),
            condition: condition.isNull ? nil : try self.condition(condition, path.field("condition")))
    }

    private func condition(_ value: Value, _ path: FieldPath) throws(InvalidTable) -> Condition {
        let fields = try FieldReader(value, at: path, known: Self.conditionFields, of: "a repair order")
        guard let measure = try fields.choice("measure", of: Condition.Measure.self) else { throw fields.missing("measure") }
        guard let unit = try fields.choice("unit", of: Condition.Unit.self) else { throw fields.missing("unit") }
        guard let number = try fields.number("value") else { throw fields.missing("value") }
        return Condition(measure: measure, value: number, unit: unit)
    }

    private func performedWork(_ value: Value, _ path: FieldPath) throws(InvalidTable) -> PerformedWork {
        if let opCode = value.string { return PerformedWork(opCode: opCode) }
        let fields = try FieldReader(value, at: path, known: Self.performedFields, of: "a repair order")
        guard let opCode = try fields.text("op_code") else { throw fields.missing("op_code") }
        return PerformedWork(
            opCode: opCode, description: try fields.text("description"), priceCents: try fields.int("price_cents"))
    }

    private static func isE164(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (8...15).contains(digits.count) && digits.allSatisfy { (48...57).contains($0) }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { $0 > 32 && $0 != 127 && !(65...90).contains($0) }
    }
}
