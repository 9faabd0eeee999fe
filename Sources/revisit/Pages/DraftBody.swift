internal import Feeds

/// The lines of a draft's `repair_order` function.
struct DraftBody {
    let found: SniffedFeed
    private(set) var modules: Set<String> = []
    /// Names of the function's variables.
    var taken: Set<String> = ["rows", "joined", "declined", "name", "first_name", "closed_on", "zone"]
    /// Variables for the parts of a JSON record, by path.
    private var parts: [String: String] = [:]
    private var partLines: [String] = []
    private var used: Set<String> = []

    var format: FeedFormat { found.format }

    init(found: SniffedFeed) {
        self.found = found
        taken.formUnion(["dates", "money", "phone", "consent", "names", "vin", "vehicles", "comments", "groups", "condition", "row", "first", "order", "item", "line", "lines"])
        for kind in found.kinds.indices where isJoined(kind) { taken.insert(record(kind)) }
    }

    /// The variable that holds the record of a kind.
    private func record(_ kind: Int) -> String {
        if kind > 0, found.kinds[kind].name?.hasPrefix("joined.") == true { return LuaText.variable(joinName(kind), otherThan: ["rows", "joined"]) }
        return format.kind.isTree ? "order" : "first"
    }

    private func joinName(_ kind: Int) -> String { String((found.kinds[kind].name ?? "").dropFirst("joined.".count)) }

    private func isJoined(_ kind: Int) -> Bool { found.kinds[kind].name?.hasPrefix("joined.") == true }

    /// The kind of record that has the most of what a repair order needs.
    private var main: Int {
        let counts = found.kinds.enumerated().map { ($0.offset, $0.element.columns.filter { $0.role != nil }.count) }
        return counts.filter { !isJoined($0.0) }.max { ($0.1, -$0.0) < ($1.1, -$1.0) }?.0 ?? 0
    }

    mutating func use(_ module: String) -> String {
        modules.insert(module)
        return module
    }

    mutating func note(_ field: DraftField) { used.insert(field.column.name) }

    // MARK: Finding columns

    func fields(_ role: ColumnRole) -> [DraftField] {
        found.kinds.enumerated().flatMap { kind, records in records.columns.filter { $0.role == role }.map { DraftField(column: $0, kind: kind) } }
    }

    /// A column of the record itself, or of what it is joined with; the fullest of several.
    private func field(_ role: ColumnRole) -> DraftField? {
        let main = main
        let candidates = fields(role).filter { !$0.isInList(format.kind) && ($0.kind == main || isJoined($0.kind)) && $0.column.filled > 0 }
        return candidates.enumerated().max { ($0.element.column.filled, -$0.offset) < ($1.element.column.filled, -$1.offset) }?.element
    }

    // MARK: Reading columns

    /// The Lua that reads a column of a record.
    private mutating func read(_ field: DraftField) -> String {
        note(field)
        let record = record(field.kind)
        switch format.kind {
        case .csv, .fixed: return LuaText.field(record, field.column.name)
        case .xml:
            let path = field.steps(.xml).map(\.name).joined(separator: "/")
            return path == "." ? "\(record):text()" : "\(record):text \(LuaText.quoted(path))"
        case .json, .jsonLines:
            let steps = field.steps(format.kind).map(\.name)
            return steps.isEmpty ? record : LuaText.field(part(steps.dropLast(), of: record), steps[steps.count - 1])
        }
    }

    /// The variable for an object inside a JSON record: `local vehicle = order.vehicle or {}`.
    private mutating func part(_ steps: ArraySlice<String>, of record: String) -> String {
        guard let last = steps.last else { return record }
        let key = record + "\0" + steps.joined(separator: "\0")
        if let known = parts[key] { return known }
        let outer = part(steps.dropLast(), of: record)
        let name = LuaText.variable(last, otherThan: taken)
        taken.insert(name)
        parts[key] = name
        partLines.append("local \(name) = \(LuaText.field(outer, last)) or {}")
        return name
    }

    /// As text: JSON may have a number there.
    private mutating func readText(_ field: DraftField) -> String {
        let value = read(field)
        return field.column.isNumber && format.kind.isTree ? "\(value) and tostring(\(value))" : value
    }

    // MARK: The function

    var lines: [String] {
        mutating get {
            var declined = DraftDeclined(body: self)
            let declinedLines = declined.lines
            self = declined.body
            var checks: [String] = []
            let number = field(.roNumber).map { readText($0) }
            if number == nil { checks.append("local ro_number  -- say which column is the repair order's number") }
            if let width = found.fullWidth, !format.kind.isTree, found.kinds.count == 1 {
                checks.append("if #first < \(width) then return quarantine \"the row has fewer than \(width) cells\" end  -- guessed: few rows do")
            }
            let closed = closedOn
            let void = voided
            let values = customerAndVehicle
            let names = nameLines
            let revision = field(.revision).map { (isNumber: $0.column.isNumber, value: read($0)) }
            if number == nil { checks.append("if not ro_number then return quarantine \"say in mapping.lua which column is the repair order's number\" end") }
            checks += void + closed
            var lines = recordLines + partLines + checks + [""] + declinedLines + [""] + names
            lines += ["return {", "  ro_number = \(number ?? "ro_number"), closed_on = closed_on,"]
            if let revision { lines.append("  revision = \(revision.isNumber && format.kind.isTree ? revision.value : "tonumber(\(revision.value))"),  -- guessed: by its name") }
            lines += values + ["  declined = declined,", "}"]
            return lines + unused
        }
    }

    private var recordLines: [String] {
        let main = main
        var lines: [String] = []
        if format.kind.isTree {
            lines.append("local order = rows[1]")
        } else if found.kinds.count > 1, let name = found.kinds[main].name {
            lines += [
                "local first  -- the first record of kind \(LuaText.comment(name)); the others are in rows too",
                "for _, row in ipairs(rows) do", "  if not first and row.record == \(LuaText.quoted(name)) then first = row end", "end",
                "if not first then return quarantine \(LuaText.quoted("there is no record of kind " + name)) end",
            ]
        } else {
            lines.append("local first = rows[1]")
        }
        for (kind, records) in found.kinds.enumerated() where isJoined(kind) && kind == found.kinds.firstIndex(where: { $0.name?.hasPrefix("joined.") == true }) {
            let join = format.joins.first { "joined.\($0.name)" == records.name }
            lines.append("local \(record(kind)) = \(LuaText.field("joined", joinName(kind)))")
            lines.append("if not \(record(kind)) then return quarantine \(LuaText.quoted("nothing in the other list has this " + (join?.with ?? "key"))) end")
        }
        return lines
    }

    private var closedOn: [String] {
        mutating get {
            guard let field = field(.closedOn), case .date(let forms) = field.column.look else {
                let days = found.columns.filter { if case .date = $0.look { true } else { false } }.map(\.name).prefix(6)
                return [
                    "local closed_on  -- say which column is the day; \(days.isEmpty ? "none looks like one" : "it may be one of: " + LuaText.comment(days.joined(separator: ", ")))",
                    "if not closed_on then return quarantine \"say in mapping.lua which column is the day that the repair order was closed\" end",
                ]
            }
            let dates = use("dates")
            let value = read(field)
            let needsZone = forms.contains { ["iso", "epoch ms", "epoch s"].contains($0) }
            let zone = needsZone ? ", zone" : ""
            let call = forms.count == 1
                ? "\(dates).parse(\(value), \(LuaText.quoted(forms[0]))\(zone))"
                : "\(dates).any(\(value), { \(forms.map(LuaText.quoted).joined(separator: ", ")) }\(zone))"
            var lines: [String] = []
            if needsZone {
                lines += [
                    "local zone  -- say which zone the store is in, as \"America/Chicago\": an evening there is the next day in UTC",
                    "if not zone then return quarantine \"say in mapping.lua which time zone the store is in\" end",
                ]
            }
            let others = fields(.closedOn).map(\.column.name).filter { $0 != field.column.name }
            let hint = others.isEmpty ? "" : "; there is also \(LuaText.comment(others.joined(separator: ", ")))"
            lines.append("local closed_on = \(call)  -- guessed: by its name and its values\(hint)")
            lines.append("if not closed_on then return quarantine \(LuaText.quoted(field.column.name + " is no day")) end")
            return lines
        }
    }

    private var voided: [String] {
        mutating get {
            guard let field = field(.voidedOn) else { return [] }
            let value = read(field)
            let test = format.kind == .json || format.kind == .jsonLines ? value : "\(value) ~= \"\" and \(value) ~= \"0\""
            return ["if \(test) then return skip \"voided\" end  -- guessed: by its name"]
        }
    }

    private var nameLines: [String] {
        mutating get {
            let first = field(.firstName).map { read($0) }, last = field(.lastName).map { read($0) }, business = field(.business).map { read($0) }
            if first != nil || last != nil {
                let names = use("names")
                return ["local name, first_name = \(names).first_last(\(first ?? "nil"), \(last ?? "nil")\(business.map { ", \($0)" } ?? ""))  -- guessed"]
            }
            guard let whole = field(.name).map({ read($0) }) else { return ["local name, first_name  -- say which column is the customer's name"] }
            return ["local name, first_name = \(use("names")).person(\(whole))  -- guessed"]
        }
    }

    private var customerAndVehicle: [String] {
        mutating get {
            var lines: [String] = []
            if let mileage = field(.mileage) {
                let value = read(mileage)
                let unit = field(.mileageUnit).map { ", \(read($0))" } ?? ""
                lines.append("  mileage = \(use("vehicles")).miles(\(value)\(unit)),  -- guessed")
            }
            lines += ["  customer = {", "    name = name, first_name = first_name,"]
            if let phone = phoneValue { lines.append("    phone = \(phone),  -- guessed") }
            if let email = field(.email).map({ read($0) }) { lines.append("    email = \(use("consent")).email_address(\(email)),  -- guessed") }
            if let channel = field(.preferredChannel).map({ read($0) }) { lines.append("    preferred_channel = \(use("consent")).channel(\(channel)),  -- guessed") }
            if let number = field(.customerNumber).map({ readText($0) }) { lines.append("    customer_number = \(number),  -- guessed") }
            lines += consentLines + ["  },", "  vehicle = {"]
            if let vin = field(.vin).map({ read($0) }) { lines.append("    vin = \(use("vin")).repair(\(vin)),  -- guessed") }
            if let year = field(.year).map({ read($0) }) { lines.append("    year = \(use("vehicles")).year(\(year)),  -- guessed") }
            if let make = field(.make).map({ read($0) }) { lines.append("    make = \(use("vehicles")).make(\(make)),  -- guessed") }
            if let model = field(.model).map({ readText($0) }) { lines.append("    model = \(model),  -- guessed") }
            return lines + ["  },"]
        }
    }

    /// Nobody can tell from values which way round a consent reads, and a wrong guess would send messages.
    private var consentLines: [String] {
        let columns = fields(.consent).map(\.column.name)
        guard !columns.isEmpty else { return ["    -- text_ok, email_ok: no column looks like consent; nil means never asked: no text goes out, an e-mail may"] }
        return LuaText.remark("text_ok, email_ok: nil means never asked: no text goes out, an e-mail may. These may hold it:", columns.prefix(8), indent: "    ") + [
            "    -- Only the export's makers can tell which way round: consent.opt_in(x), consent.block_flag(x), consent.opt_out(x)."
        ]
    }

    private var phoneValue: String? {
        mutating get {
            let columns = [field(.cellPhone), field(.homePhone), field(.phone)].compactMap { $0 }
            if let list = columns.first(where: { if case .phone(isList: true) = $0.column.look { true } else { false } }) {
                return "\(use("phone")).pick(\(read(list)))"
            }
            if columns.count == 1 { return "\(use("phone")).us(\(read(columns[0])))" }
            if columns.count > 1 {
                let values = columns.map { read($0) }
                return "\(use("phone")).first(\(values.joined(separator: ", ")))"
            }
            return listedPhones
        }
    }

    /// Phones in a list of a tree, with their labels.
    private var listedPhones: String? {
        mutating get {
            guard let number = (fields(.phone) + fields(.cellPhone)).first(where: { $0.isInList(format.kind) }) else { return nil }
            let steps = number.steps(format.kind)
            if format.kind == .xml { return "\(use("phone")).us(\(read(number)))" }
            let lists = steps.enumerated().filter { $0.element.isList }
            guard let list = lists.first, lists.count == 1, list.offset == steps.count - 2, let last = steps.last else { return nil }
            let prefix = number.column.name.dropLast(last.name.utf8.count)
            guard let label = fields(.phoneLabel).first(where: { $0.kind == number.kind && $0.column.name.hasPrefix(prefix) }), let labelName = label.steps(format.kind).last?.name else { return nil }
            note(number)
            note(label)
            let names = steps.prefix(list.offset + 1).map(\.name)
            let owner = part(names.dropLast()[...], of: record(number.kind))
            return "\(use("phone")).from(\(LuaText.field(owner, list.element.name)), \(LuaText.quoted(labelName)), \(LuaText.quoted(last.name)))"
        }
    }

    private var unused: [String] {
        let left = found.columns.filter { !used.contains($0.name) && $0.filled > 0 && $0.role != .consent }.map(\.name)
        guard !left.isEmpty else { return [] }
        // Nothing may follow a return, except words.
        return LuaText.remark("not used:", left.prefix(60) + (left.count > 60 ? ["and \(left.count - 60) more"] : []), indent: "")
    }
}
