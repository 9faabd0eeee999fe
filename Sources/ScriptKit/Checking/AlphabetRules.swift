internal import FollowUp
internal import Scripting

/// Characters in a text message's words that cost its whole text its short alphabet.
struct AlphabetRules {
    private static let plain: [Unicode.Scalar: String] = [
        "’": "'", "‘": "'", "‚": "'", "“": "\\\"", "”": "\\\"", "„": "\\\"", "–": "-", "—": "-", "‑": "-", "…": "...", "\u{A0}": " ", "\u{202F}": " ",
        "•": "-", "×": "x", "→": "->",
    ]
    /// So many of a character fill one segment of the short alphabet at most, and more than one of the other.
    private static let probeCount = 80

    let script: CheckedScript
    private var tree: LuaTree { script.tree }

    init(script: CheckedScript) {
        self.script = script
    }

    /// A script that folds its texts itself knows what it does.
    func findings() -> [SourceFinding] {
        let folds = tree.expressions.contains { if case .field(_, let name) = $0.kind { name.text == "fold" } else { false } }
        guard !folds, let sms = script.exports.functions.first(where: { $0.hook.file == "message" && $0.hook.key == "sms" })?.function
        else { return [] }
        let unspoken = unspokenTexts()
        return script.expressions.flatMap { id -> [SourceFinding] in
            guard isInside(tree[id].function, sms), !unspoken.contains(id), let text = tree.literal(id) else { return [] }
            return findings(in: text)
        }
    }

    private func isInside(_ function: LuaFunction.ID, _ outer: LuaFunction.ID) -> Bool {
        var function: LuaFunction.ID? = function
        while let at = function {
            if at == outer { return true }
            function = tree[at].parent
        }
        return false
    }

    /// Texts that are compared, looked for or told to the shop, and no words to a customer.
    private func unspokenTexts() -> Set<LuaExpression.ID> {
        var found: Set<LuaExpression.ID> = []
        for id in script.expressions {
            switch tree[id].kind {
            case .binary(let sign, let left, let right, _) where sign.isEquality: found.formUnion([left, right])
            case .method(_, let name, let arguments) where name.text != "format": found.formUnion(arguments)
            case .index(_, let key): found.insert(key)
            case .table(let fields): for case .keyed(let key, _) in fields { found.insert(key) }
            case .call(let callee, let arguments):
                if case .name(let name, .global) = tree[callee].kind, name != "tostring" { found.formUnion(arguments) }
                if case .field(let object, _) = tree[callee].kind, case .name("string", .global) = tree[object].kind { found.formUnion(arguments) }
            case _: break
            }
        }
        return found
    }

    /// The first of each such character in a literal.
    private func findings(in text: LuaText) -> [SourceFinding] {
        guard Array(text.string.utf8) == text.value else { return [] }
        var told: Set<Unicode.Scalar> = [], findings: [SourceFinding] = [], at = 0
        for scalar in text.string.unicodeScalars {
            let range = at..<min(text.value.count, at + UTF8.width(scalar))
            at = range.upperBound
            guard !scalar.isASCII, Self.isOutside(scalar), told.insert(scalar).inserted else { continue }
            let plain = Self.plain[scalar]
            findings.append(
                script.finding(
                    .unicodeText, .warning, text.range(range),
                    "\(scalar) makes this text unicode: 70 characters a segment instead of 160\(plain.map { "; write \($0)" } ?? "")", suggestion: plain))
        }
        return findings
    }

    private static func isOutside(_ scalar: Unicode.Scalar) -> Bool {
        TextSegments.count(of: String(repeating: Character(scalar), count: probeCount)) > 1
    }
}
