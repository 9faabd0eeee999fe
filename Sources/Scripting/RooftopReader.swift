internal import Foundation
public import FollowUp
public import Lua

/// Reads `rooftop.lua`, checking every field.
public struct RooftopReader {
    /// What is wrong with `rooftop.lua`, by the field's name.
    public struct Invalid: Error, CustomStringConvertible {
        /// Without the file's name.
        public let reason: String
        /// With its line, when that is known.
        public var error: ScriptError?
        public var description: String { error?.description ?? "rooftop.lua: \(reason)" }
    }

    private static let fields = HookCatalogue.rooftopFile.sortedNames
    private static let hoursFields = HookCatalogue.hours.sortedNames
    private static let cadenceFields = HookCatalogue.cadence.sortedNames
    private static let categoryFields = HookCatalogue.category.sortedNames
    private static let whole = "rooftop.lua"

    private let bundle: ScriptBundle

    public init(bundle: ScriptBundle) {
        self.bundle = bundle
    }

    /// Loads the file and reads it. Throws `ScriptError`, `LimitExceeded` or `Invalid`.
    public func rooftop() throws -> Rooftop {
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: bundle.sources, entries: ["rooftop"]))
        let table = try machine.run(ScriptSource(name: "rooftop", text: "return require 'rooftop'"), in: image).value()
        do {
            return try rooftop(table.list?.first ?? .null)
        } catch let invalid as InvalidTable {
            let place = image.place(ofField: invalid.field, in: FunctionName("rooftop", invalid.field))
            throw Invalid(reason: invalid.reason, error: place.map { ScriptError("\($0): \(invalid.reason)", sources: bundle.sources) })
        } catch let unknown as UnknownZone {
            throw Invalid(reason: "zone: \(unknown)")
        }
    }

    private func rooftop(_ value: Value) throws -> Rooftop {
        let fields = try FieldReader(value, at: .whole, known: Self.fields, of: Self.whole)
        guard let name = try fields.text("name") else { throw fields.missing("name") }
        guard let zoneName = try fields.text("zone") else { throw fields.missing("zone") }
        guard let link = try fields.text("booking_link") else { throw fields.missing("booking_link") }
        let zone = try Zone(identifier: zoneName)
        let state = try fields.choice("state", of: Jurisdiction.self)
        return Rooftop(
            id: try fields.text("id") ?? bundle.folder.lastPathComponent, name: name, group: try fields.text("group"),
            hours: try hours(fields.value("hours"), Place(zone: zone, jurisdiction: state)),
            cadence: Cadence(sendAt: try sendAt(fields.value("cadence"))),
            catalogue: Catalogue.usual.extended(with: try fields.list("categories", category) ?? []), phone: try fields.text("phone"),
            bookingLink: link, city: try fields.text("city"), postalAddress: try fields.text("postal_address"))
    }

    private func hours(_ value: Value, _ place: Place) throws(InvalidTable) -> RooftopHours {
        if value.isNull { return RooftopHours(place: place) }
        let fields = try FieldReader(value, at: FieldPath.whole.field("hours"), known: Self.hoursFields, of: Self.whole)
        let opens = try time("hours.open", fields.text("open") ?? "10:00")
        let closes = try time("hours.close", fields.text("close") ?? "17:00")
        guard let window = DailyWindow(opens: opens, closes: closes) else {
            throw InvalidTable(reason: "hours.close \(closes) is not after hours.open \(opens)")
        }
        var week = WeeklyHours(everyDay: window)
        let names = Weekday.allCases.map { $0.name.lowercased() }
        for name in try fields.list("closed", text) ?? [] {
            guard let place = names.firstIndex(of: name.lowercased()) else {
                throw InvalidTable(reason: "hours.closed names '\(name)', expected a day of the week\(Suggestion.hint(for: name, among: names))")
            }
            week[Weekday.allCases[place]] = nil
        }
        var dates: Set<LocalDate> = []
        for day in try fields.list("closed_on", text) ?? [] {
            guard let date = LocalDate(day) else { throw InvalidTable(reason: "hours.closed_on names '\(day)', expected YYYY-MM-DD") }
            dates.insert(date)
        }
        return RooftopHours(place: place, hours: week, closedDates: dates)
    }

    private func sendAt(_ value: Value) throws(InvalidTable) -> LocalTime {
        if value.isNull { return Cadence.usualSendAt }
        let fields = try FieldReader(value, at: FieldPath.whole.field("cadence"), known: Self.cadenceFields, of: Self.whole)
        guard let text = try fields.text("send_at") else { return Cadence.usualSendAt }
        return try time("cadence.send_at", text)
    }

    private func category(_ value: Value, _ path: FieldPath) throws(InvalidTable) -> ServiceCategory {
        let fields = try FieldReader(value, at: path, known: Self.categoryFields, of: Self.whole)
        guard let code = try fields.text("code") else { throw fields.missing("code") }
        guard let name = try fields.text("name") else { throw fields.missing("name") }
        var seasons: Set<Season> = []
        for name in try fields.list("seasons", text) ?? [] {
            guard let season = Season(rawValue: name) else {
                throw InvalidTable(reason: "\(path).seasons names '\(name)', expected winter or summer")
            }
            seasons.insert(season)
        }
        return ServiceCategory(
            code: code, name: name, tier: try fields.choice("tier", of: Tier.self), isSafety: try fields.bool("safety") ?? false,
            seasons: seasons, opCodes: try fields.list("op_codes", text) ?? [],
            words: (try fields.list("words", text) ?? []).map { $0.lowercased() })
    }

    private func text(_ value: Value, _ path: FieldPath) throws(InvalidTable) -> String {
        guard let text = value.string else { throw InvalidTable(reason: "\(path) is \(value.kind), expected text") }
        return text
    }

    private func time(_ path: String, _ text: String) throws(InvalidTable) -> LocalTime {
        guard let time = LocalTime(text) else { throw InvalidTable(reason: "\(path) is '\(text)', expected a time as \"10:00\"") }
        return time
    }
}
