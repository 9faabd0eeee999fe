internal import FollowUp

/// Repair orders that every check tries: one customer of whom all is known, one of whom little is.
enum SampleOrders {
    static func all(on visit: LocalDate) -> [RepairOrder] {
        let full = RepairOrder(
            roNumber: .init("sample-full"), closedOn: visit, mileage: 48_210,
            customer: Customer(
                name: "Maria Lopez", firstName: "Maria", phone: "+13125550142", email: "maria.lopez@example.com", textOK: true, emailOK: true),
            vehicle: Vehicle(year: 2016, make: "Ford", model: "Explorer"),
            declined: [
                DeclinedItem(
                    opCode: "BRKR", description: "Rear brake pads & rotors", priceCents: 41_250, severity: .red,
                    condition: Condition(measure: .brakePadRear, value: 3, unit: .mm))
            ])
        let bare = RepairOrder(
            roNumber: .init("sample-bare"), closedOn: visit, customer: Customer(name: "Blue Heron Catering Inc"),
            declined: [DeclinedItem(opCode: "CABF", description: "Cabin air filter"), DeclinedItem(opCode: "TBLT", description: "Timing belt")])
        return [full, bare]
    }

    static func name(of order: RepairOrder) -> String {
        switch order.roNumber.text {
        case "sample-full": "a customer of whom all is known"
        case "sample-bare": "a business of which little is known"
        default: "repair order \(order.roNumber)"
        }
    }
}
