/// The settings of luacheck for rooftops' scripts: `.luacheckrc`.
public struct LuacheckConfiguration {
    private let globals: [String]

    /// - Parameter globals: What the sandbox has, besides what tests have.
    public init(globals: [String]) {
        self.globals = globals.sorted()
    }

    public var text: String {
        let names = globals.filter { $0 != "_G" }.map { "\"\($0)\"" }
        let lines = stride(from: 0, to: names.count, by: 10).map { "  " + names[$0..<min($0 + 10, names.count)].joined(separator: ", ") + "," }
        return "-- Made by `make generate`: the names that the sandbox has, and those of tests.\nstd = \"none\"\nmax_line_length = 160\nexclude_files = { \"**/types/*.lua\" }\nread_globals = {\n"
            + lines.joined(separator: "\n") + "\n}\n"
            + "files[\"**/tests/*_test.lua\"] = { read_globals = { \"describe\", \"expect\", \"given\", \"it\", \"maps\", \"property\" } }\n"
    }
}
