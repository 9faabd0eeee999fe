/// Looks over the text of one file of a rooftop without running it.
///
/// It tells what it is certain of and no more, since a wrong finding costs more trust than a missed one: a value whose kind
/// it can't follow is taken to be right. Errors of syntax are the sandbox's to tell, so a text with one has no findings here.
public struct SourceCheck: Sendable {
    /// Of one file; what comes behind so many is left out.
    public static let most = 200

    private let file: String
    private let text: String
    private let knownGlobals: [String]
    private let modules: [String]
    private let placeholders: [String]

    /// - Parameters:
    ///   - file: its path in the rooftop's folder, as "message.lua" or "tests/message_test.lua".
    ///   - knownGlobals: what a script may read without declaring it; in tests, `describe` and the like too.
    ///   - modules: what it may require: the stdlib's, the rooftop's own files and Lua's libraries.
    ///   - placeholders: the names that `say.fill` knows.
    public init(file: String, text: String, knownGlobals: [String], modules: [String], placeholders: [String]) {
        self.file = file
        self.text = text
        self.knownGlobals = knownGlobals
        self.modules = modules
        self.placeholders = placeholders
    }

    /// In the order of the text; none when it is no Lua.
    public func findings() -> [SourceFinding] {
        guard let tree = try? LuaParser.tree(of: text) else { return [] }
        let script = CheckedScript(file: file, tree: tree)
        let findings =
            FieldRules(script: script).findings() + MissingValueRules(script: script).findings()
            + NameRules(script: script, knownGlobals: knownGlobals, modules: modules).findings()
            + HookRules(script: script).findings() + TemplateRules(script: script, placeholders: placeholders).findings()
            + SlipRules(script: script, modules: modules).findings() + AlphabetRules(script: script).findings()
        return Array(findings.sorted { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }.prefix(Self.most))
    }
}
