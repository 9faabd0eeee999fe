public import FollowUp

extension CanonicalJSON {
    /// Writes a touch as `channel.choose` sees it: the catalogue's fields in the catalogue's order. What is nil is left out, and so is
    /// `item`, which is the first of `items`.
    ///
    /// It runs for every touch that is sent, so nothing here makes a tree first. `RecordedTouch` reads it back.
    public mutating func write(_ facts: TouchFacts, allowed: [ContactChannel]) {
        let local = facts.rooftop.zone.local(at: facts.now)
        literal("{\"kind\":\"")
        splice(facts.kind.rawValue)
        literal("\",\"day\":")
        write(facts.kind.day)
        write(",\"channel\":", present: allowed.first?.rawValue)
        literal(",\"allowed\":[")
        for (place, channel) in allowed.enumerated() {
            if place > 0 { literal(",") }
            write(channel.rawValue)
        }
        literal("],\"now\":\"")
        splice(local.date.description)
        literal(" ")
        splice(local.time.description)
        literal("\",\"late\":")
        write(facts.isLate)
        literal(",\"visit_on\":")
        write(facts.visitOn.description)
        literal(",\"visit_day\":")
        write(facts.visitOn.words)
        if facts.kind == .season { write(",\"season\":", present: Season.coming(on: local.date)?.rawValue) }
        write(",\"first_name\":", present: facts.customer.firstName)
        literal(",\"booking_link\":")
        write(facts.bookingLink)
        literal(",\"items\":[")
        for (place, item) in facts.items.enumerated() {
            if place > 0 { literal(",") }
            write(item)
        }
        literal("],\"customer\":")
        write(asSeen: facts.customer)
        literal(",\"vehicle\":")
        write(asSeen: facts.vehicle)
        literal(",\"repair_order\":{\"ro_number\":")
        write(facts.roNumber.text)
        literal(",\"closed_on\":")
        write(facts.closedOn.description)
        write(",\"mileage\":", present: facts.mileage)
        literal("},\"rooftop\":")
        write(facts.rooftop)
        literal(",\"previous\":[")
        for (place, earlier) in facts.previous.enumerated() {
            if place > 0 { literal(",") }
            write(earlier)
        }
        literal("],\"first_on_channel\":")
        write(!facts.previous.contains { $0.channel == allowed.first })
        literal("}")
    }

    private mutating func write(_ classified: ClassifiedItem) {
        let item = classified.item
        literal("{")
        if let opCode = item.opCode {
            literal("\"op_code\":")
            write(opCode)
            literal(",")
        }
        literal("\"description\":")
        write(item.description)
        literal(",\"name\":")
        write(classified.category.name)
        literal(",\"category\":")
        write(classified.category.code)
        literal(",\"tier\":")
        write(classified.tier.rawValue)
        literal(",\"safety\":")
        write(classified.category.isSafety)
        write(",\"price_cents\":", present: item.priceCents)
        write(",\"severity\":", present: item.severity?.rawValue)
        if let condition = item.condition {
            literal(",\"condition\":{\"measure\":")
            write(condition.measure.rawValue)
            literal(",\"value\":")
            if let whole = Int(exactly: condition.value) { write(whole) } else { write(number: condition.value) }
            literal(",\"unit\":")
            write(condition.unit.rawValue)
            literal(",\"words\":")
            write(condition.words)
            literal("}")
        }
        literal(",\"visit_on\":")
        write(classified.visitOn.description)
        literal("}")
    }

    private mutating func write(asSeen customer: Customer) {
        literal("{")
        if let name = customer.name {
            literal("\"name\":")
            write(name)
            literal(",")
        }
        if let firstName = customer.firstName {
            literal("\"first_name\":")
            write(firstName)
            literal(",")
        }
        literal("\"business\":")
        write(customer.isBusiness)
        write(",\"preferred_channel\":", present: customer.preferredChannel?.rawValue)
        if let textOK = customer.textOK {
            literal(",\"text_ok\":")
            write(textOK)
        }
        if let emailOK = customer.emailOK {
            literal(",\"email_ok\":")
            write(emailOK)
        }
        literal("}")
    }

    private mutating func write(asSeen vehicle: Vehicle) {
        literal("{")
        if let year = vehicle.year {
            literal("\"year\":")
            write(year)
            literal(",")
        }
        if let make = vehicle.make {
            literal("\"make\":")
            write(make)
            literal(",")
        }
        if let model = vehicle.displayModel {
            literal("\"model\":")
            write(model)
            literal(",")
        }
        literal("\"name\":")
        write(vehicle.name)
        literal("}")
    }

    private mutating func write(_ rooftop: TouchFacts.Rooftop) {
        literal("{\"name\":")
        write(rooftop.name)
        write(",\"phone\":", present: rooftop.phone)
        literal(",\"zone\":")
        write(rooftop.zone.identifier)
        literal(",\"booking_link\":")
        write(rooftop.bookingLink)
        write(",\"city\":", present: rooftop.city)
        write(",\"postal_address\":", present: rooftop.postalAddress)
        literal("}")
    }

    private mutating func write(_ earlier: TouchFacts.Previous) {
        literal("{\"kind\":")
        write(earlier.kind.rawValue)
        literal(",\"channel\":")
        write(earlier.channel.rawValue)
        literal(",\"status\":")
        write(earlier.status)
        literal(",\"sent_on\":")
        write(earlier.sentOn.description)
        literal("}")
    }

    private mutating func write(_ key: StaticString, present text: String?) {
        guard let text else { return }
        literal(key)
        write(text)
    }

    private mutating func write(_ key: StaticString, present number: Int?) {
        guard let number else { return }
        literal(key)
        write(number)
    }
}
