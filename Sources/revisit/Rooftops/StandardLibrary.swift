internal import Foundation
internal import Scripting

/// Finds the folder of Lua that every script may `require`.
enum StandardLibrary {
    /// `REVISIT_STDLIB` if it is set; otherwise `share/revisit/stdlib` beside the binary's folder, or the `stdlib` folder
    /// of the checkout that the binary was built in.
    static func folder() throws -> URL {
        if let named = ProcessInfo.processInfo.environment["REVISIT_STDLIB"] { return URL(filePath: named) }
        let binary = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? binary
        var folder = executable.deletingLastPathComponent()
        var candidates = [folder.deletingLastPathComponent().appending(path: "share/revisit/stdlib")]
        while folder.path != "/" {
            candidates.append(folder.appending(path: "stdlib"))
            folder.deleteLastPathComponent()
        }
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate.appending(path: "dates.lua").path) {
            return candidate
        }
        throw ScriptBundle.Unreadable(
            description: "the standard library was not found near \(executable.path); set REVISIT_STDLIB to its folder")
    }
}
