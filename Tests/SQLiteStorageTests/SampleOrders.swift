import FollowUp

/// A repair order whose contents follow from its number, revision and status.
func order(_ number: String, revision: Int? = nil, _ status: RepairOrder.Status = .closed, note: String = "") -> RepairOrder {
    RepairOrder(
        roNumber: RepairOrder.Number(number), revision: revision, status: status,
        closedOn: LocalDate(dayNumber: 20_515), mileage: 48_000 + (revision ?? 0),
        customer: Customer(name: "Ana Diaz\(note)", firstName: "Ana", phone: "+13125550142", textOK: true),
        vehicle: Vehicle(year: 2019, make: "Ford", model: "ESCAPE"),
        declined: [DeclinedItem(opCode: "BRKF", description: "front pads r\(revision ?? 0)", priceCents: 41_250)],
        performed: status == .void ? nil : [PerformedWork(opCode: "LOF")])
}

/// A repair order with every field set.
let fullOrder = RepairOrder(
    roNumber: RepairOrder.Number("0611016A"), revision: 3, status: .closed, closedOn: LocalDate(dayNumber: 20_516),
    mileage: 73_211,
    customer: Customer(
        name: "Zoë O'Brien", firstName: "Zoë", phone: "+13125550142", email: "zoe@example.com", textOK: false,
        emailOK: true, preferredChannel: .email, customerNumber: "00042"),
    vehicle: Vehicle(vin: "1FAKE000000000000", year: 2016, make: "Toyota", model: "RAV4"),
    declined: [
        DeclinedItem(
            opCode: "BRKR", description: "rear pads", priceCents: 41_250, severity: .red,
            condition: Condition(measure: .brakePadRear, value: 2.5, unit: .mm)),
        DeclinedItem(description: "cabin filter"),
    ],
    performed: [
        PerformedWork(opCode: "LOF", description: "oil", priceCents: 8_995), PerformedWork(opCode: "ROT"),
    ],
    doneElsewhere: ["BATT", "TIRE4"],
    source: Source(file: "a.csv", sha256: "ab12", lineFrom: 7, lineTo: 9, byteOffset: 812),
    warnings: ["VIN check digit\nis wrong", "a \"quoted\" word"])
