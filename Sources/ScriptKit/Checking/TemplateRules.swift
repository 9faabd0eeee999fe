/// Templates of `say.fill` that are written out: their placeholders and brackets, as the stdlib reads them.
struct TemplateRules {
    private static let openBrace = UInt8(ascii: "{"), closeBrace = UInt8(ascii: "}")
    private static let openBracket = UInt8(ascii: "["), closeBracket = UInt8(ascii: "]"), bar = UInt8(ascii: "|")

    let script: CheckedScript
    let placeholders: [String]

    func findings() -> [SourceFinding] {
        guard !placeholders.isEmpty else { return [] }
        return script.expressions.flatMap { id -> [SourceFinding] in
            guard !script.isForgiving(script.tree[id].function), let template = template(id) else { return [] }
            return brackets(template)
        }
    }

    /// The text that a call of `say.fill` is given.
    private func template(_ id: LuaExpression.ID) -> LuaText? {
        guard case .call(let callee, let arguments) = script.tree[id].kind, let argument = arguments.first,
            case .field(let object, let field) = script.tree[callee].kind, field.text == "fill",
            case .name("say", .local) = script.tree[object].kind
        else { return nil }
        return text(argument)
    }

    /// Literals and literals that are joined; the chain may be long, so that it is walked and not descended.
    private func text(_ id: LuaExpression.ID) -> LuaText? {
        var waiting = [id], whole: LuaText?
        while let next = waiting.popLast() {
            let bare = script.tree.bare(next)
            if case .binary(.concat, let left, let right, _) = script.tree[bare].kind {
                waiting += [right, left]
                continue
            }
            guard let literal = script.tree.literal(bare) else { return nil }
            whole = whole.map { LuaText($0, literal) } ?? literal
        }
        return whole
    }

    private func brackets(_ template: LuaText) -> [SourceFinding] {
        let bytes = template.value
        var findings: [SourceFinding] = [], at = 0
        while let open = bytes[at...].firstIndex(of: Self.openBracket) {
            findings += placeholders(at..<open, template)
            guard let close = bytes[open...].firstIndex(of: Self.closeBracket) else {
                return findings + [finding(open..<(open + 1), template, "the text has a [ without its ]")]
            }
            if let nested = bytes[(open + 1)..<close].firstIndex(of: Self.openBracket) {
                findings.append(finding(nested..<(nested + 1), template, "the text has a [ inside a [; brackets don't nest"))
            } else {
                findings += alternatives((open + 1)..<close, template)
            }
            at = close + 1
        }
        return findings + placeholders(at..<bytes.count, template)
    }

    private func alternatives(_ range: Range<Int>, _ template: LuaText) -> [SourceFinding] {
        var findings: [SourceFinding] = [], start = range.lowerBound
        while let bar = template.value[start..<range.upperBound].firstIndex(of: Self.bar) {
            findings += placeholders(start..<bar, template)
            start = bar + 1
        }
        return findings + placeholders(start..<range.upperBound, template)
    }

    private func placeholders(_ range: Range<Int>, _ template: LuaText) -> [SourceFinding] {
        let bytes = template.value
        var findings: [SourceFinding] = [], at = range.lowerBound
        while let open = bytes[at..<range.upperBound].firstIndex(of: Self.openBrace) {
            guard let close = bytes[open..<range.upperBound].firstIndex(of: Self.closeBrace) else {
                return findings + [finding(open..<(open + 1), template, "the text has a { without its }")]
            }
            let name = String(decoding: bytes[(open + 1)..<close], as: UTF8.self)
            let place = name.isEmpty ? open..<(close + 1) : (open + 1)..<close
            if !placeholders.contains(name) { findings.append(unknown(name, place, template)) }
            at = close + 1
        }
        return findings
    }

    private func unknown(_ name: String, _ range: Range<Int>, _ template: LuaText) -> SourceFinding {
        let plain = String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        let near = placeholders.contains(plain) ? plain : NearName(plain, among: placeholders).name
        let hint = near.map { "did you mean {\($0)}?" } ?? "it has {\(placeholders.sorted().joined(separator: "}, {"))}"
        return finding(range, template, "the text has no placeholder {\(name)}; \(hint)", suggestion: near)
    }

    private func finding(_ range: Range<Int>, _ template: LuaText, _ message: String, suggestion: String? = nil) -> SourceFinding {
        script.finding(.template, .error, template.range(range), message, suggestion: suggestion)
    }
}
