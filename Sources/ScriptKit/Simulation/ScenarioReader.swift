internal import FollowUp
public import Lua
internal import Scripting

/// Reads a scenario: a Lua file that returns a list of steps, run in the sandbox.
public struct ScenarioReader {
    /// What is wrong with a scenario, by step and field.
    public struct Invalid: Error, CustomStringConvertible {
        public let description: String
    }

    private static let known = ["after_minutes", "at", "booking", "outage_until", "reply", "ro_number", "touch", "visit"]

    public init() {}

    /// Throws `ScriptError`, `LimitExceeded` or `Invalid`.
    public func scenario(in source: ScriptSource) throws -> Scenario {
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: [], entries: []))
        let returned = try machine.run(source, in: image).value().list?.first ?? .null
        guard let steps = returned.list else {
            throw Invalid(description: "\(source.name): returned \(returned.kind), expected a list of steps: return { { ro_number = \"1042\", touch = \"reminder\", reply = \"STOP\" } }")
        }
        var scenario = Scenario()
        for (place, step) in steps.enumerated() {
            do throws(InvalidTable) {
                try read(step, into: &scenario)
            } catch {
                throw Invalid(description: "\(source.name): step \(place + 1): \(error.reason)")
            }
        }
        return scenario
    }

    private func read(_ value: Value, into scenario: inout Scenario) throws(InvalidTable) {
        let fields = try FieldReader(value, at: .whole, known: Self.known, of: "a step")
        if let until = try fields.text("outage_until") {
            guard let from = try fields.text("at") else { throw fields.missing("at") }
            scenario.outages.append((try moment("at", from), try moment("outage_until", until)))
            return
        }
        guard let number = try fields.text("ro_number") else { throw fields.missing("ro_number") }
        scenario.steps.append(
            Scenario.Step(roNumber: RepairOrder.Number(number), moment: try moment(of: fields), act: try act(of: fields)))
    }

    private func moment(of fields: FieldReader) throws(InvalidTable) -> Scenario.Moment {
        let minutes = try fields.int("after_minutes")
        if let kind = try fields.choice("touch", of: TouchKind.self) {
            guard fields.value("at").isNull else { throw InvalidTable(reason: "give touch or at, not both") }
            return .after(kind, minutes: minutes ?? 60)
        }
        guard let at = try fields.text("at") else { throw InvalidTable(reason: "say when: touch = \"reminder\", or at = \"2026-03-08 11:00\"") }
        let local = try moment("at", at)
        return .at(local.0, local.1)
    }

    private func act(of fields: FieldReader) throws(InvalidTable) -> Scenario.Act {
        let reply = try fields.text("reply")
        let isBooking = try fields.bool("booking") ?? false
        let visit = try fields.list("visit") { value, path throws(InvalidTable) in
            guard let opCode = value.string else { throw InvalidTable(reason: "\(path) is \(value.kind), expected an op code") }
            return opCode
        }
        switch (reply, isBooking, visit) {
        case (let words?, false, nil): return .reply(words)
        case (nil, true, nil): return .booking
        case (nil, false, let opCodes?): return .visit(opCodes: opCodes)
        default: throw InvalidTable(reason: "say one thing that happens: reply = \"STOP\", booking = true, or visit = { \"BRKR\" }")
        }
    }

    private func moment(_ field: String, _ text: String) throws(InvalidTable) -> (LocalDate, LocalTime) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let date = LocalDate(String(parts[0])), let time = LocalTime(String(parts[1])) else {
            throw InvalidTable(reason: "\(field) is '\(text)', expected a day and a time as \"2026-03-08 11:00\"")
        }
        return (date, time)
    }
}
