internal import FollowUp
internal import Lua
internal import Scripting

/// All that is recorded of one touch as one JSON object, "revisit.why/1". Times are in UTC.
struct WhyJSON {
    let history: TouchHistory
    /// The display name.
    let rooftop: String

    var line: [UInt8] {
        var json = CanonicalJSON()
        json.literal("{\"schema\":\"revisit.why/1\"")
        json.field("touch", .int(history.id.number))
        json.field("rooftop", .string(history.rooftop))
        json.field("rooftop_name", .string(rooftop))
        json.field("kind", .string(history.kind.rawValue))
        json.field("planned_on", .string("\(history.plannedOn)"))
        json.field("due_at", .string("\(history.dueAt)"))
        json.field("looks_at", history.state == .planned ? .string("\(history.looksAt)") : .null)
        json.field("state", .string(history.state.rawValue))
        json.field("late", .bool(history.isLate))
        json.field("visit_on", .string("\(history.visitOn)"))
        json.field("ro_number", .string(history.roNumber.text))
        json.field("customer", history.customer.name.map(Value.string) ?? .null)
        json.field("vehicle", .string(history.vehicle.name))
        json.field("follow_up_ended", history.ended.map { .string("\($0)") } ?? .null)
        json.literal(",\"items\":[")
        for (place, item) in history.items.enumerated() {
            json.literal(place > 0 ? ",{\"name\":" : "{\"name\":")
            json.write(Value.string(item.name))
            json.field("state", .string(item.state))
            json.literal("}")
        }
        json.literal("],\"entries\":[")
        for (place, entry) in history.entries.enumerated() {
            json.literal(place > 0 ? ",{\"at\":" : "{\"at\":")
            json.write(Value.string("\(entry.at)"))
            write(entry.what, to: &json)
            if let hooks = entry.hooks { write(hooks, to: &json) }
            json.literal("}")
        }
        json.literal("]}\n")
        return json.bytes
    }

    private func write(_ what: TouchHistory.Entry.What, to json: inout CanonicalJSON) {
        switch what {
        case .decided(let words): json.entry("decided", words)
        case .settled(let words): json.entry("settled", words)
        case .reported(let words): json.entry("reported", words)
        case .inbound(let words): json.entry("inbound", words)
        case .scriptFailed(let failure):
            json.entry("script_failed", failure.reason)
            json.field("function", .string(failure.function))
        case .intended(let message, let notAfter, let bundle):
            json.field("what", .string("intended"))
            json.field("channel", .string(message.channel.rawValue))
            switch message {
            case .sms(let text), .call(let text): json.field("text", .string(text))
            case .email(let subject, let text):
                json.field("subject", .string(subject))
                json.field("text", .string(text))
            }
            json.field("not_after", .string("\(notAfter)"))
            json.field("bundle_sha256", .string(bundle))
        }
    }

    private func write(_ hooks: HookRecord, to json: inout CanonicalJSON) {
        json.literal(",\"hooks\":{\"seed\":")
        json.splice(String(hooks.seed))
        json.field("bundle_sha256", .string(hooks.bundleSHA256))
        json.literal(",\"input\":")
        json.splice(hooks.input)
        json.literal(",\"calls\":[")
        for (place, call) in hooks.calls.enumerated() {
            json.literal(place > 0 ? ",{\"function\":" : "{\"function\":")
            json.write(Value.string(call.function))
            json.field("place", call.place.map(Value.string) ?? .null)
            json.literal(",\"outcome\":")
            json.splice(call.outcome)
            json.literal("}")
        }
        json.literal("]}")
    }
}

extension CanonicalJSON {
    /// `,"name":value`.
    mutating func field(_ name: StaticString, _ value: Value) {
        literal(",\"")
        literal(name)
        literal("\":")
        write(value)
    }

    fileprivate mutating func entry(_ what: String, _ words: String) {
        field("what", .string(what))
        field("words", .string(words))
    }
}
