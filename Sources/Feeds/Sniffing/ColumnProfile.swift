/// Collects the values of one column, record by record.
struct ColumnProfile {
    /// A value that was seen, and how often.
    private struct Seen {
        let bytes: [UInt8]
        var count: Int
    }

    static let distinctMost = 1_000
    private static let choicesMost = 24
    private static let samplesMost = 3
    private static let keptBytes = 400

    private(set) var filled = 0
    private var seen: [Seen] = []
    private var places: [[UInt8]: Int] = [:]
    private var hasMore = false
    private var numbers = 0
    private var last: [UInt8]?
    private var sameAsAbove = 0

    /// Takes a value in. Blanks around it don't count, and a blank one is none.
    mutating func add(_ value: some Collection<UInt8>, isNumber: Bool = false) {
        var trimmed = Array(value.prefix(Self.keptBytes))
        while let end = trimmed.last, end <= 0x20 { trimmed.removeLast() }
        if let first = trimmed.first, first <= 0x20 { trimmed = Array(trimmed.drop { $0 <= 0x20 }) }
        guard !trimmed.isEmpty else {
            last = nil
            return
        }
        filled += 1
        if isNumber { numbers += 1 }
        if last == trimmed { sameAsAbove += 1 }
        last = trimmed
        if let place = places[trimmed] {
            seen[place].count += 1
        } else if seen.count < Self.distinctMost {
            places[trimmed] = seen.count
            seen.append(Seen(bytes: trimmed, count: 1))
        } else {
            hasMore = true
        }
    }

    /// What was seen, as a column of a feed. `isNamed` is false when the file gives no names.
    func column(_ name: String, of total: Int, isNamed: Bool = true) -> SniffedColumn {
        let hint = NameHint(isNamed ? name : "")
        let (outer, inner) = marks
        let look = filled == 0 ? nil : self.look(hint, outer: outer)
        let choices = seen.count <= Self.choicesMost && !hasMore && seen.allSatisfy({ $0.bytes.count <= 40 }) ? seen.map { Self.text($0.bytes) } : []
        let declined = seen.filter { Self.isDeclined($0.bytes) }.prefix(6).map { Self.text($0.bytes) }
        var column = SniffedColumn(
            name: name, filled: filled, of: total, distinct: seen.count, hasMoreDistinct: hasMore,
            samples: seen.prefix(Self.samplesMost).map { Self.shown($0.bytes) }, look: look, role: nil, outerMark: outer, innerMark: inner,
            declinedWords: declined, choices: choices, isNumber: numbers * 2 > filled, hasDuplicates: seen.contains { $0.count > 1 }, repeats: sameAsAbove * 10 >= max(1, filled), warnings: [])
        column.role = hint.role(of: look, isNamed: isNamed, column: column)
        if case .flag(oneWay: true) = look {
            column.warnings.append("reads one way on every record: it can't tell a yes from a no")
        }
        if case .date(let forms) = look, forms.count > 1 { column.warnings.append("has several forms of dates") }
        if case .date(let forms) = look, forms.contains(where: { $0.hasPrefix("MM/DD") || $0.hasPrefix("DD/MM") }), isAmbiguousDay {
            column.warnings.append("no day is above 12: which of the two is the month?")
        }
        return column
    }

    /// True when no value was met twice.
    var isUnique: Bool { !hasMore && seen.count == filled && filled > 1 }

    /// The share of different values that another column has too.
    func share(in other: ColumnProfile) -> Double {
        seen.isEmpty ? 0 : Double(seen.filter { other.places[$0.bytes] != nil }.count) / Double(seen.count)
    }

    // MARK: What the values look like

    private func share(_ fits: ([UInt8]) -> Bool) -> Double {
        var fitting = 0, all = 0
        for value in seen {
            all += value.count
            if fits(value.bytes) { fitting += value.count }
        }
        return all == 0 ? 0 : Double(fitting) / Double(all)
    }

    private func look(_ hint: NameHint, outer: Character?) -> ColumnLook {
        if outer != nil { return .text }
        if share(ValueLook.isVIN) >= 0.8 {
            let vins = seen.filter { ValueLook.isVIN($0.bytes) }
            return .vin(rightPercent: vins.filter { ValueLook.hasRightCheckDigit($0.bytes) }.count * 100 / max(1, vins.count))
        }
        if share(ValueLook.isEmail) >= 0.5 { return .email }
        if let forms = dateForms(hint) { return .date(forms: forms) }
        if let flag = flag(hint) { return flag }
        let phones = share(ValueLook.isPhone), lists = share(ValueLook.isPhoneList)
        if lists >= 0.3, lists + phones >= 0.6 { return .phone(isList: true) }
        if phones >= 0.8 || (hint.isPhone && phones >= 0.4) { return .phone(isList: false) }
        if let money = money(hint) { return .money(function: money) }
        if share(ValueLook.isYear) >= 0.95, !hint.isMileage, !hint.isNumber { return .year }
        if share(ValueLook.isWhole) >= 0.98 { return .wholeNumber }
        if share(ValueLook.isNumber) >= 0.95 { return .number }
        let lastFirst = share(ValueLook.isLastFirst)
        if lastFirst >= 0.9 || (lastFirst >= 0.5 && (hint.isPerson || seen.count > 4)) { return .person(lastFirst: true) }
        if hint.isPerson { return .person(lastFirst: false) }
        return share(ValueLook.isCode) >= 0.9 ? .code : .text
    }

    /// The fewest forms that nearly all values fit.
    private func dateForms(_ hint: NameHint) -> [String]? {
        if hint.isMileage { return nil }
        var left: [(forms: DateForms, count: Int)] = []
        var all = 0
        for value in seen where !value.bytes.allSatisfy({ $0 == UInt8(ascii: "0") }) {
            all += value.count
            var forms = DateForms(of: value.bytes)
            // A bare number is a day only where the column says so.
            if !hint.isDate { forms.subtract(seen.count >= 5 && !hint.isNumber && !hint.isMoney ? DateForms(["MMDDYY", "YYMMDD", "excel", "YYYYDDD", "epoch s"]) : .bare) }
            left.append((forms, value.count))
        }
        let fitting = left.reduce(0) { $0 + ($1.forms.isEmpty ? 0 : $1.count) }
        guard all > 0, fitting * 10 >= all * (hint.isDate ? 6 : 9) else { return nil }
        var chosen: [String] = []
        while chosen.count < 8 {
            var best: (name: String, count: Int) = ("", 0)
            for name in DateForms.names {
                let form = DateForms([name])
                let count = left.reduce(0) { $0 + ($1.forms.contains(form) ? $1.count : 0) }
                if count > best.count { best = (name, count) }
            }
            if best.count * 100 < all || best.count == 0 { break }
            chosen.append(best.name)
            let form = DateForms([best.name])
            left.removeAll { $0.forms.contains(form) }
        }
        return chosen.isEmpty ? nil : chosen
    }

    private var isAmbiguousDay: Bool {
        let both = [DateForms(["MM/DD/YYYY", "DD/MM/YYYY"]), DateForms(["MM/DD/YY", "DD/MM/YY"])]
        let days = seen.map { DateForms(of: $0.bytes) }.filter { !$0.intersection(both[0].union(both[1])).isEmpty }
        return !days.isEmpty && days.allSatisfy { forms in both.contains { forms.isSuperset(of: $0) } }
    }

    private func flag(_ hint: NameHint) -> ColumnLook? {
        guard seen.count <= 6, !hasMore, !hint.isNumber else { return nil }
        let words = Set(seen.map { Self.text($0.bytes).uppercased() })
        guard words.isSubset(of: ValueLook.yes.union(ValueLook.no)) else { return nil }
        let hasLetters = words.contains { $0 == "Y" || $0 == "N" || $0.count > 1 && $0 != "-1" }
        guard hasLetters || hint.isConsent || hint.isFlag else { return nil }
        return .flag(oneWay: words.isDisjoint(with: ValueLook.yes) || words.isDisjoint(with: ValueLook.no))
    }

    private func money(_ hint: NameHint) -> String? {
        if share(ValueLook.isMoney) >= (hint.isMoney ? 0.5 : 0.9) { return "cents" }
        let overpunch = share(ValueLook.isOverpunch)
        if overpunch >= 0.9, seen.contains(where: { !ValueLook.isDigit($0.bytes.last ?? 0x30) }) { return "overpunch" }
        guard hint.isMoney, share(ValueLook.isNumber) >= 0.9 else { return nil }
        // Digits of one length with zeros before them have a point that nobody wrote.
        let hasPadding = share { ValueLook.isWhole($0) && $0.count >= 5 && $0[0] == UInt8(ascii: "0") } >= 0.5
        return hasPadding ? "implied" : "cents"
    }

    /// Marks between groups in a cell: one that stands in many cells, several times in some.
    private var marks: (outer: Character?, inner: Character?) {
        func count(_ mark: Character) -> (cells: Int, most: Int) {
            let bytes = Array(String(mark).utf8)
            var cells = 0, most = 0
            for value in seen {
                let found = Self.occurrences(of: bytes, in: value.bytes)
                if found > 0 { cells += 1 }
                most = max(most, found)
            }
            return (cells, most)
        }
        let candidates: [Character] = ["ý", "þ", "ü", "|", "^", "~", ";"]
        let counted = candidates.map { ($0, count($0)) }.filter { $0.1.cells * 5 >= seen.count && $0.1.cells >= 2 && $0.1.most >= 2 }
        guard let first = counted.first else { return (nil, nil) }
        // Where two marks stand in one cell, the one that is met more often is the inner one.
        let second = counted.dropFirst().first { "|^~;ýþü".contains($0.0) && $0.1.cells * 2 >= first.1.cells }
        return (first.0, second?.0)
    }

    private static func occurrences(of mark: [UInt8], in bytes: [UInt8]) -> Int {
        var found = 0, i = 0
        while i + mark.count <= bytes.count {
            if bytes[i] == mark[0], mark.count == 1 || bytes[i + 1] == mark[1] { found += 1 }
            i += 1
        }
        return found
    }

    private static func isDeclined(_ bytes: [UInt8]) -> Bool {
        let text = text(bytes).uppercased()
        return text == "DECL" || text == "DCL" || text == "DEC" || text.contains("DECLIN") || text.hasPrefix("DECL ") || text.contains(" DECL ") || text.hasSuffix("_DECL")
    }

    // MARK: As text

    private static let sampleCharacters = 32

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Shortened, with what would upset a terminal escaped.
    static func shown(_ bytes: [UInt8]) -> String {
        var shown = ""
        var count = 0
        for scalar in text(bytes).unicodeScalars {
            if count == sampleCharacters { return shown + "…" }
            count += 1
            switch scalar.value {
            case 0x0A: shown += "\\n"
            case 0x0D: shown += "\\r"
            case 0x09: shown += "\\t"
            case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
                let hex = String(scalar.value, radix: 16, uppercase: true)
                shown += "\\u{\(hex)}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
