internal import Feeds

/// The lines of a draft that find the work that was declined.
struct DraftDeclined {
    var body: DraftBody

    private var format: FeedFormat { body.found.format }

    private static let refusal = "return quarantine \"say in mapping.lua what marks a line as declined\""

    var lines: [String] {
        mutating get {
            let found = body.found.format.kind.isTree ? treeLines : rowLines
            return ["local declined = {}"] + (found ?? ["if #declined == 0 then \(Self.refusal) end"])
        }
    }

    // MARK: Rows

    private var rowLines: [String]? {
        mutating get {
            let descriptions = body.fields(.jobDescription), codes = body.fields(.opCode)
            let grouped = (descriptions + codes + body.fields(.comment)).first { $0.column.outerMark != nil }
            if let grouped { return groupLines(grouped) }
            if let status = body.fields(.lineStatus).first(where: { !$0.column.declinedWords.isEmpty && !$0.column.choices.isEmpty }) { return statusLines(status) }
            if let own = (codes + descriptions).first(where: { $0.column.name.lowercased().hasPrefix("decl") }) { return ownColumnLines(own) }
            let texts = body.found.kinds.enumerated().flatMap { kind, records in
                records.columns.filter { !$0.declinedWords.isEmpty && ($0.look == .text || $0.look == .code) }.map { DraftField(column: $0, kind: kind) }
            }
            guard let text = texts.first else { return nil }
            return commentLines(text)
        }
    }

    private mutating func row(_ field: DraftField) -> String {
        body.note(field)
        return LuaText.field("row", field.column.name)
    }

    /// The parts of an item, from columns of the same kind of record.
    private mutating func item(of kind: Int) -> String {
        var parts: [String] = []
        if let code = body.fields(.opCode).first(where: { $0.kind == kind }) { parts.append("op_code = \(row(code))") }
        let description = (body.fields(.jobDescription) + body.fields(.comment)).first { $0.kind == kind }
        if let description { parts.append("description = \(row(description))") }
        if let price = body.fields(.price).first(where: { $0.kind == kind }) { parts.append("price_cents = \(amount(price, row(price)))") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    private mutating func amount(_ field: DraftField, _ value: String) -> String {
        var function = "cents"
        if case .money(let name) = field.column.look { function = name }
        return "\(body.use("money")).\(function)(\(value))"
    }

    private func hasDescription(_ kind: Int) -> Bool { (body.fields(.jobDescription) + body.fields(.comment)).contains { $0.kind == kind } }

    private func kindTest(_ kind: Int) -> String {
        guard body.found.kinds.count > 1, let name = body.found.kinds[kind].name else { return "" }
        return "row.record == \(LuaText.quoted(name)) and "
    }

    private mutating func statusLines(_ status: DraftField) -> [String]? {
        guard hasDescription(status.kind) else { return nil }
        let value = row(status)
        let test = status.column.declinedWords.prefix(4).map { "\(value) == \(LuaText.quoted($0))" }.joined(separator: " or ")
        let others = status.column.choices.filter { !status.column.declinedWords.contains($0) }
        let hint = others.isEmpty ? "" : "; it also says \(LuaText.comment(others.prefix(8).joined(separator: ", ")))"
        let isSeveral = status.column.declinedWords.count > 1
        return [
            "for _, row in ipairs(rows) do", "  if \(kindTest(status.kind))\(isSeveral ? "(\(test))" : test) then  -- guessed\(hint)",
            "    declined[#declined + 1] = \(item(of: status.kind))  -- guessed", "  end", "end",
        ]
    }

    private mutating func ownColumnLines(_ own: DraftField) -> [String]? {
        guard hasDescription(own.kind) else { return nil }
        return [
            "for _, row in ipairs(rows) do", "  if \(kindTest(own.kind))\(row(own)) ~= \"\" then  -- guessed: by its name",
            "    declined[#declined + 1] = \(item(of: own.kind))  -- guessed", "  end", "end",
        ]
    }

    private mutating func commentLines(_ text: DraftField) -> [String] {
        let value = row(text)
        let comments = body.use("comments")
        let test = kindTest(text.kind)
        var lines = ["for _, row in ipairs(rows) do"]
        if test.isEmpty {
            lines.append("  declined[#declined + 1] = \(comments).declined(\(value))  -- guessed: some say that work was declined")
        } else {
            lines.append("  if \(test.dropLast(" and ".count)) then declined[#declined + 1] = \(comments).declined(\(value)) end  -- guessed: some say that work was declined")
        }
        return lines + ["end"]
    }

    private mutating func groupLines(_ field: DraftField) -> [String] {
        guard let mark = field.column.outerMark else { return [] }
        if let inner = field.column.innerMark {
            body.note(field)
            return [
                "-- \(LuaText.comment(field.column.name)) has groups with values inside: name them and read them with",
                "-- groups.records(\(LuaText.field("first", field.column.name)), \(LuaText.quoted(String(mark))), \(LuaText.quoted(String(inner))), { \"op\", \"desc\" })",
                "if #declined == 0 then return quarantine \(LuaText.quoted("say in mapping.lua what the values in the groups are: " + field.column.name)) end",
            ]
        }
        var columns: [(key: String, field: DraftField)] = []
        for (key, role) in [("op", ColumnRole.opCode), ("desc", .jobDescription), ("price", .price), ("status", .lineStatus), ("text", .comment)] {
            if let column = body.fields(role).first(where: { $0.column.outerMark == mark && $0.kind == field.kind }) { columns.append((key, column)) }
        }
        let groups = body.use("groups")
        let list = columns.map { column -> String in
            body.note(column.field)
            return "\(column.key) = \(LuaText.field("first", column.field.column.name))"
        }
        var lines = ["local lines = \(groups).zip({ \(list.joined(separator: ", ")) }, \(LuaText.quoted(String(mark))))  -- guessed: cells that lie side by side"]
        guard let words = columns.first(where: { !$0.field.column.declinedWords.isEmpty && $0.key != "status" }) else { return lines + ["if #lines > 0 then \(Self.refusal) end"] }
        lines += ["for _, line in ipairs(lines) do", "  local item = \(body.use("comments")).declined(line.\(words.key))  -- guessed: some say that work was declined", "  if item then"]
        if columns.contains(where: { $0.key == "op" }) { lines.append("    item.op_code = line.op") }
        return lines + ["    declined[#declined + 1] = item", "  end", "end"]
    }

    // MARK: Trees

    private var treeLines: [String]? {
        mutating get {
            let kind = format.kind
            let inLists = { (field: DraftField) in field.kind == 0 && field.isInList(kind) }
            guard let description = (body.fields(.jobDescription) + body.fields(.comment)).first(where: inLists) else { return nil }
            var loops = Loops(body: body, kind: kind)
            loops.open(listPath(description))
            let statuses = body.fields(.lineStatus).filter { inLists($0) && !$0.column.declinedWords.isEmpty && !$0.column.choices.isEmpty && loops.reaches(listPath($0)) }
            guard !statuses.isEmpty else {
                return ["-- the lines may be in \(LuaText.comment(description.column.name))", "if #declined == 0 then \(Self.refusal) end"]
            }
            let tests = statuses.flatMap { status -> [String] in
                body.note(status)
                let value = loops.read(status)
                return status.column.declinedWords.prefix(3).map { "\(value) == \(LuaText.quoted($0))" }
            }
            var parts: [String] = []
            if let code = body.fields(.opCode).first(where: { inLists($0) && loops.reaches(listPath($0)) }) {
                body.note(code)
                parts.append("op_code = \(loops.read(code))")
            }
            body.note(description)
            parts.append("description = \(loops.read(description))")
            let prices = body.fields(.price).filter { inLists($0) && loops.reaches(listPath($0)) }
            if let price = prices.first {
                body.note(price)
                parts.append("price_cents = \(amount(price, loops.read(price)))")
            }
            return loops.lines(around:
                ["if \(tests.joined(separator: " or ")) then  -- guessed", "  declined[#declined + 1] = {  -- guessed"] + parts.map { "    \($0)," } + ["  }", "end"])
        }
    }

    /// The path of the innermost list that a column is in.
    private func listPath(_ field: DraftField) -> [String] {
        let steps = field.steps(format.kind)
        guard let last = steps.lastIndex(where: \.isList) else { return [] }
        return steps[...last].map { $0.name + ($0.isList ? "[]" : "") }
    }

    /// Loops over lists in lists, each with its variable.
    private struct Loops {
        private let kind: FeedFormat.Kind
        private var taken: Set<String>
        private var heads: [String] = []
        private var variables: [(path: [String], name: String)] = [([], "order")]

        init(body: DraftBody, kind: FeedFormat.Kind) {
            self.kind = kind
            taken = body.taken
        }

        mutating func open(_ path: [String]) {
            var from = 0
            for (place, step) in path.enumerated() where step.hasSuffix("[]") {
                let names = path[from...place].map { $0.hasSuffix("[]") ? String($0.dropLast(2)) : $0 }
                let outer = variables[variables.count - 1].name
                let plain = names[names.count - 1]
                let name = LuaText.variable(plain.hasSuffix("s") && plain.count > 3 ? String(plain.dropLast()) : plain, otherThan: taken)
                taken.insert(name)
                heads.append("for _, \(name) in ipairs(\(list(outer, names))) do")
                variables.append((Array(path[...place]), name))
                from = place + 1
            }
        }

        private func list(_ outer: String, _ names: [String]) -> String {
            if kind == .xml { return "\(outer):all \(LuaText.quoted(names.joined(separator: "/")))" }
            return DraftDeclined.deep(outer, names) + " or {}"
        }

        /// True when a list of this path is open, so that what is in it has one value here.
        func reaches(_ path: [String]) -> Bool { variables.contains { $0.path == path } }

        func read(_ field: DraftField) -> String {
            let steps = field.steps(kind)
            let last = steps.lastIndex(where: \.isList) ?? -1
            let path = last < 0 ? [] : steps[...last].map { $0.name + ($0.isList ? "[]" : "") }
            let variable = variables.first { $0.path == path }?.name ?? "order"
            let rest = steps[(last + 1)...].map(\.name)
            if kind == .xml { return rest.isEmpty ? "\(variable):text()" : "\(variable):text \(LuaText.quoted(rest.joined(separator: "/")))" }
            return rest.isEmpty ? variable : DraftDeclined.deep(variable, rest)
        }

        func lines(around inner: [String]) -> [String] {
            var lines: [String] = []
            for (depth, head) in heads.enumerated() { lines.append(String(repeating: "  ", count: depth) + head) }
            lines += inner.map { String(repeating: "  ", count: heads.count) + $0 }
            for depth in heads.indices.reversed() { lines.append(String(repeating: "  ", count: depth) + "end") }
            return lines
        }
    }

    /// Fields in fields, any of which may be nil: `((job.price or {}).net or {}).amount`.
    fileprivate static func deep(_ outer: String, _ names: [String]) -> String {
        var value = outer
        for (place, name) in names.enumerated() { value = LuaText.field(place == 0 ? value : "(\(value) or {})", name) }
        return value
    }
}
