/// All that host and scripts say to each other, once: the record types of the sandbox, the checks of what scripts return, the
/// editor's types, the prompt's completion and the reference pages are made of it.
public enum HookCatalogue {
    /// What a channel or message hook is given. Records that are written as inputs, the touch first.
    public static let inputs: [RecordShape] = [
        touch, item, condition, customer, vehicle, repairOrder, rooftop, previous,
    ]

    /// What a script may return, and what `rooftop.lua` holds.
    public static let outputs: [RecordShape] = [
        email, mappedOrder, mappedCustomer, mappedVehicle, mappedItem, mappedCondition, performedWork, rooftopFile, hours, cadence, category,
    ]

    public static func shape(_ name: String) -> RecordShape? { (inputs + outputs).first { $0.name == name } }

    /// In the order in which an export becomes a message.
    public static let hooks: [HookShape] = [
        HookShape(
            file: "mapping", key: "repair_order", parameters: [("rows", .list(.record("row")))], returns: .record("mapped_order"),
            doc: "Makes one repair order of its raw rows, or gives `skip \"reason\"` or `quarantine \"reason\"`."),
        HookShape(
            file: "channel", key: "choose", parameters: [("touch", .record("touch"))], returns: channels,
            doc: "Chooses the channel of a touch among `touch.allowed`. Nil leaves it to the customer's preference; `skip \"reason\"` sends nothing."),
        HookShape(
            file: "message", key: "sms", parameters: [("touch", .record("touch"))], returns: .text,
            doc: "Writes the text message. Nil takes the standard wording; `skip \"reason\"` sends nothing."),
        HookShape(
            file: "message", key: "email", parameters: [("touch", .record("touch"))], returns: .record("email"),
            doc: "Writes the e-mail. Nil takes the standard wording; `skip \"reason\"` sends nothing."),
        HookShape(
            file: "message", key: "call", parameters: [("touch", .record("touch"))], returns: .text,
            doc: "Writes the talking points of a call, a line each. Nil takes the standard wording; `skip \"reason\"` makes no call task."),
    ]

    static let channels = FieldType.choice(["sms", "email", "call"])
    static let kinds = FieldType.choice(["reminder", "condition", "final", "season"])

    // MARK: - Inputs

    static let touch = RecordShape("touch", "One planned contact, with all that its words may rest on.", [
        .init("kind", kinds, "Which touch of the cadence: day 3, 10, 30 or 60."),
        .init("day", .integer, "Days after the visit: 3, 10, 30 or 60."),
        .init("channel", channels, "The channel that the words are for; in channel.lua the one that the host would take."),
        .maybe("allowed", .list(channels), "In channel.lua the channels that may be chosen."),
        .init("now", .text, "When the touch goes, in the rooftop's zone: \"2026-03-06 10:00\"."),
        .init("late", .flag, "The touch goes later than planned, as after an outage."),
        .init("visit_on", .text, "The day of the visit: \"2026-03-03\"."),
        .init("visit_day", .text, "The day of the visit in words: \"Tuesday, March 3\"."),
        .maybe("season", .choice(["winter", "summer"]), "The coming season, on day 60."),
        .maybe("first_name", .text, "Whom to greet: \"Maria\". A business has none."),
        .init("booking_link", .text, "Where this customer chooses a time."),
        .init("item", .record("item"), "The most important declined item."),
        .init("items", .list(.record("item")), "All declined items that are still open, the most important first."),
        .init("customer", .record("customer"), "Who was in."),
        .init("vehicle", .record("vehicle"), "What they drive."),
        .init("repair_order", .record("repair_order"), "The visit's document."),
        .init("rooftop", .record("rooftop"), "Who writes."),
        .init("previous", .list(.record("previous")), "Earlier touches of this follow-up that were sent, oldest first."),
        .init("first_on_channel", .flag, "Nothing was sent on this channel before."),
    ])

    static let item = RecordShape("item", "Declined work.", [
        .maybe("op_code", .text, "As the DMS writes it: \"BRKR\"."),
        .init("description", .text, "The DMS's words: \"REAR BRAKE PADS AND ROTORS\"."),
        .init("name", .text, "Plain words for a customer: \"rear brake pads and rotors\"."),
        .init("category", .text, "The catalogue's code: \"brakes_rear\", or \"other\"."),
        .init("tier", .choice(["low", "mid", "high"]), "How much is at stake; \"high\" is followed up on day 60."),
        .init("safety", .flag, "It bears on safety."),
        .maybe("price_cents", .integer, "The estimate in cents: 41250."),
        .maybe("severity", .choice(["red", "yellow"]), "How urgent the technician called it."),
        .maybe("condition", .record("condition"), "What the technician measured."),
        .init("visit_on", .text, "The day of the visit that it was declined on."),
    ])

    static let condition = RecordShape("condition", "A measurement that the technician took.", [
        .init("measure", measures, "What was measured."),
        .init("value", .number, "How much: 3."),
        .init("unit", units, "What the value counts."),
        .init("words", .text, "As a customer reads it: \"rear brake pads at 3 mm\"."),
    ])

    static let customer = RecordShape("customer", "Who was in. Addresses are not told to scripts.", [
        .maybe("name", .text, "\"Maria Lopez\", or a company's name."),
        .maybe("first_name", .text, "\"Maria\"."),
        .init("business", .flag, "The name is a company's."),
        .maybe("preferred_channel", .choice(["text", "email", "call"]), "What they asked for."),
        .maybe("text_ok", .flag, "Consent to texts; nil when never asked, which is no yes."),
        .maybe("email_ok", .flag, "Consent to e-mail; nil when never asked."),
    ])

    static let vehicle = RecordShape("vehicle", "What they drive.", [
        .maybe("year", .integer, "2016."),
        .maybe("make", .text, "\"Ford\"."),
        .maybe("model", .text, "\"Explorer\"."),
        .init("name", .text, "\"2016 Ford Explorer\", or \"vehicle\" when nothing is known."),
    ])

    static let repairOrder = RecordShape("repair_order", "The visit's document.", [
        .init("ro_number", .text, "\"1042\"."),
        .init("closed_on", .text, "\"2026-03-03\"."),
        .maybe("mileage", .integer, "Miles on that day: 48210."),
    ])

    static let rooftop = RecordShape("rooftop", "Who writes, as rooftop.lua says.", [
        .init("name", .text, "\"Hillside Auto\"."),
        .maybe("phone", .text, "\"+19375550100\"; `say.phone` writes it as people do."),
        .init("zone", .text, "\"America/New_York\"."),
        .init("booking_link", .text, "The rooftop's page for bookings; `touch.booking_link` is this customer's."),
        .maybe("city", .text, "\"Dayton\"."),
        .maybe("postal_address", .text, "\"100 Example Road, Dayton, OH\"."),
    ])

    static let previous = RecordShape("previous", "An earlier touch that was sent.", [
        .init("kind", kinds, "Which touch of the cadence."),
        .init("channel", channels, "How it was sent."),
        .init("status", .choice(["accepted", "delivered", "undelivered", "failed", "uncertain"]), "What the carrier said last."),
        .init("sent_on", .text, "\"2026-03-06\"."),
    ])

    // MARK: - Outputs

    private static let measures = FieldType.choice(["brake_pad_front", "brake_pad_rear", "tire_tread_front", "tire_tread_rear", "battery_cca"])
    private static let units = FieldType.choice(["mm", "32nds", "cca"])

    static let email = RecordShape("email", "An e-mail. The host adds the postal address and the way to unsubscribe.", [
        .init("subject", .text, "One line."),
        .init("text", .text, "Plain text, \"\\n\" between lines."),
    ])

    static let mappedOrder = RecordShape("mapped_order", "What mapping.lua makes of the rows of one repair order.", [
        .init("ro_number", .text, "Leading zeros are kept."),
        .maybe("revision", .integer, "A higher one wins, whatever the order."),
        .maybe("status", .choice(["closed", "void"]), "\"closed\" when left out."),
        .init("closed_on", .text, "\"YYYY-MM-DD\", in the rooftop's zone."),
        .maybe("mileage", .integer, "Miles."),
        .init("customer", .record("mapped_customer"), "Who was in."),
        .init("vehicle", .record("mapped_vehicle"), "What they drive."),
        .maybe("declined", .list(.record("mapped_item")), "Work that was recommended and refused."),
        .maybe("performed", .list(.either(.text, .record("performed_work"))), "Work that was done: op codes, or tables."),
        .maybe("done_elsewhere", .list(.text), "Op codes of work that another shop did."),
    ])

    static let mappedCustomer = RecordShape("mapped_customer", "The customer of a mapped repair order.", [
        .maybe("name", .text, "\"Maria Lopez\", or a company's name."),
        .maybe("first_name", .text, "Nil for a business."),
        .maybe("phone", .text, "\"+13125550142\"; `phone.us` makes it."),
        .maybe("email", .text, "Lower case; `consent.email_address` makes it."),
        .maybe("text_ok", .flag, "True is a yes that the customer gave, false a no, nil neither."),
        .maybe("email_ok", .flag, "As text_ok."),
        .maybe("preferred_channel", .choice(["text", "email", "call"]), "What they asked for."),
        .maybe("customer_number", .text, "The DMS's key; it tells people of one name or phone apart."),
    ])

    static let mappedVehicle = RecordShape("mapped_vehicle", "The vehicle of a mapped repair order.", [
        .maybe("vin", .text, "17 letters and digits; `vin.repair` mends it."),
        .maybe("year", .integer, "2016."),
        .maybe("make", .text, "\"Ford\"."),
        .maybe("model", .text, "\"Explorer\"."),
    ])

    static let mappedItem = RecordShape("mapped_item", "One item that was declined.", [
        .maybe("op_code", .text, "As the DMS writes it."),
        .init("description", .text, "The DMS's words."),
        .maybe("price_cents", .integer, "The estimate; nil when there is none, which is not 0."),
        .maybe("severity", .choice(["red", "yellow"]), "How urgent the technician called it."),
        .maybe("condition", .record("mapped_condition"), "What was measured; `condition.parse` reads it from notes."),
    ])

    static let mappedCondition = RecordShape("mapped_condition", "A measurement.", [
        .init("measure", measures, "What was measured."),
        .init("value", .number, "How much."),
        .init("unit", units, "What the value counts."),
    ])

    static let performedWork = RecordShape("performed_work", "Work that was done on the visit.", [
        .init("op_code", .text, "As the DMS writes it."),
        .maybe("description", .text, "The DMS's words."),
        .maybe("price_cents", .integer, "What was charged."),
    ])

    static let rooftopFile = RecordShape("rooftop_file", "What rooftop.lua returns.", [
        .init("name", .text, "What customers know you as; every message carries it."),
        .init("zone", .text, "The time zone, by its name in the tz database: \"America/Chicago\"."),
        .init("booking_link", .text, "Where customers choose a time."),
        .maybe("id", .text, "Key of the rooftop in the ledger, never to be changed; the folder's name when left out."),
        .maybe("group", .text, "The group whose report adds this rooftop up."),
        .maybe("city", .text, "Shown in messages."),
        .maybe("postal_address", .text, "E-mail must carry it."),
        .maybe("state", .text, "Two letters; its rules for hours of contact hold too."),
        .maybe("phone", .text, "\"+19205550100\"; one that books."),
        .maybe("hours", .record("hours"), "When messages may go."),
        .maybe("cadence", .record("cadence"), "When touches go."),
        .maybe("categories", .list(.record("category")), "Work that only you sell."),
    ])

    static let hours = RecordShape("hours", "When messages may go. A rooftop can only narrow the law's windows.", [
        .maybe("open", .text, "Local time, \"10:00\" when left out."),
        .maybe("close", .text, "Local time, \"17:00\" when left out."),
        .maybe("closed", .list(.text), "Weekdays in English; a touch of a closed day moves to the next open one."),
        .maybe("closed_on", .list(.text), "Single days, as holidays: \"2026-12-25\"."),
    ])

    static let cadence = RecordShape("cadence", "When touches go.", [
        .maybe("send_at", .text, "Local time, \"10:00\" when left out."),
    ])

    static let category = RecordShape("category", "Work that only this rooftop sells.", [
        .init("code", .text, "\"wiper_rear\"."),
        .init("name", .text, "Plain words for a customer: \"rear wiper\"."),
        .maybe("tier", .choice(["low", "mid", "high"]), "By the price when left out."),
        .maybe("safety", .flag, "It bears on safety."),
        .maybe("seasons", .list(.choice(["winter", "summer"])), "The seasons in which it is worth a word on day 60."),
        .maybe("op_codes", .list(.text), "Op codes that mean this work."),
        .maybe("words", .list(.text), "Words of a description that mean this work."),
    ])
}
