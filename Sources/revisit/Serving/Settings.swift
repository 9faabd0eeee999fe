internal import Configuration
internal import Foundation
internal import Lua
internal import Scripting
internal import SystemPackage
internal import Yams

/// Reads settings by name and gathers what is wrong with them.
final class Settings {
    private static let prefix = "revisit"
    private static let secretMode = 0o077

    private(set) var faults: [String] = []
    private let reader: ConfigReader
    private let file: String
    private let environment: [String: String]
    private let fileKeys: [(key: String, line: Int)]

    /// - Throws: `ServeConfiguration.Faulty` for a file that isn't there or is no YAML.
    init(file: String, environment: [String: String]) async throws {
        self.file = file
        self.environment = environment
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            fileKeys = try Self.keys(of: Yams.compose(yaml: text), below: "")
            reader = ConfigReader(providers: [
                EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: ConfigKey([Self.prefix])),
                try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)),
            ])
        } catch let error as YamlError {
            throw ServeConfiguration.Faulty(file: file, faults: ["it isn't YAML: \("\(error)".split(separator: "\n").first ?? "")"])
        } catch {
            throw ServeConfiguration.Faulty(file: file, faults: [
                FileManager.default.fileExists(atPath: file) ? "\(error.localizedDescription)"
                    : "there is no such file; --config names another, and docs/reference/configuration.md has one to begin with"
            ])
        }
    }

    func optionalText(_ key: String) -> String? {
        reader.string(forKey: ConfigKey(key.split(separator: ".").map(String.init))).flatMap { $0.isEmpty ? nil : $0 }
    }

    func text(_ key: String, default usual: String) -> String { optionalText(key) ?? usual }

    /// A setting that must be there.
    func text(_ key: String, expected: String) -> String {
        if let text = optionalText(key) { return text }
        fault(key, "expected \(expected), got nothing")
        return ""
    }

    func number(_ key: String, default usual: Int, in range: ClosedRange<Int>) -> Int {
        guard let text = optionalText(key) else { return usual }
        if let number = Int(text), range.contains(number) { return number }
        fault(key, expected: "a number from \(range.lowerBound) to \(range.upperBound)", got: text)
        return usual
    }

    func choice(_ key: String, default usual: String, of names: [String]) -> String {
        let text = text(key, default: usual)
        if !names.contains(text) { fault(key, expected: names.joined(separator: ", "), got: text) }
        return text
    }

    /// A secret: from the environment, or from a file that only its owner may read. It is never shown.
    func secret(_ key: String) -> String? {
        let variable = Self.variable(of: key)
        if fileKeys.contains(where: { $0.key == key }) {
            fault(key, "secrets don't belong in this file; set \(variable), or name a file with \(key)_file")
            return nil
        }
        if let text = optionalText(key) { return text }
        guard let path = optionalText(key + "_file") else {
            fault(key, "expected \(variable) in the environment, or a file named by \(key)_file")
            return nil
        }
        do {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
            guard mode & Self.secretMode == 0 else {
                fault(key + "_file", "others may read \(path); chmod 600 \(path)")
                return nil
            }
            let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
            if text.isEmpty { fault(key + "_file", "\(path) is empty") }
            return text.isEmpty ? nil : text
        } catch {
            fault(key + "_file", "\(path) can't be read: \(error.localizedDescription)")
            return nil
        }
    }

    /// A secret that may be left out.
    func optionalSecret(_ key: String) -> String? {
        optionalText(key) == nil && optionalText(key + "_file") == nil ? nil : secret(key)
    }

    /// Whether the file or the environment says anything of a section. A secret alone says nothing.
    func hasAny(of section: String, among known: [String]) -> Bool {
        fileKeys.contains { $0.key.hasPrefix(section + ".") } || known.contains { $0.hasPrefix(section + ".") && optionalText($0) != nil }
    }

    func fault(_ key: String, expected: String, got: String) { fault(key, "expected \(expected), got: \(got)") }

    func fault(_ key: String, _ words: String) {
        let line = fileKeys.first { $0.key == key }.map { ":\($0.line)" } ?? ""
        faults.append("\(URL(filePath: file).lastPathComponent)\(line): \(key): \(words)")
    }

    /// A file that must be there when it is named.
    func optionalFile(_ key: String) -> String? {
        guard let path = optionalText(key) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) { fault(key, "\(path) is no file that can be read") }
        return path
    }

    private static func variable(of key: String) -> String { ([prefix] + key.split(separator: ".").map(String.init)).joined(separator: "_").uppercased() }

    /// A misspelt setting would be passed over in silence.
    func checkKeys(_ known: [String]) throws {
        let secrets = known.filter { $0.hasSuffix("_file") }.map { String($0.dropLast("_file".count)) }
        for (key, _) in fileKeys where !known.contains(key) && !secrets.contains(key) {
            fault(key, "there is no such setting" + (Suggestion.hint(for: key, among: known)))
        }
        checkEnvironment(known + secrets)
    }

    /// Only what is nearly a setting: others may have variables of this prefix for their own purposes.
    private func checkEnvironment(_ known: [String]) {
        let prefix = Self.prefix.uppercased() + "_"
        let names = known.map { String(Self.variable(of: $0).dropFirst(prefix.count)) }
        for variable in environment.keys.sorted() where variable.hasPrefix(prefix) {
            let name = String(variable.dropFirst(prefix.count))
            guard !names.contains(name), let meant = NearestName.to(name, among: names) else { continue }
            faults.append("environment: \(variable): there is no such setting; did you mean '\(prefix)\(meant)'?")
        }
    }

    /// The names of all values, as "http.port", with the lines they stand on.
    private static func keys(of node: Node?, below path: String) throws -> [(key: String, line: Int)] {
        guard case .mapping(let mapping)? = node else { return [] }
        return try mapping.flatMap { key, value in
            let name = (path.isEmpty ? "" : path + ".") + (key.string ?? "")
            if case .mapping = value { return try keys(of: value, below: name) }
            return [(name, key.mark?.line ?? 1)]
        }
    }
}
