import Foundation
import ScriptKit

/// Checks texts with the names that rooftops have.
enum SourceCheckBench {
    static let globals = [
        "assert", "error", "getmetatable", "ipairs", "load", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset", "require", "select",
        "setmetatable", "tonumber", "tostring", "type", "xpcall", "string", "table", "math", "utf8", "coroutine", "skip", "quarantine", "print", "_G",
        "_VERSION",
    ]
    static let testGlobals = ["describe", "it", "maps", "property", "expect", "given"]
    /// What the folders have: the standard library's, and those of rooftops.
    static let modules: [String] = {
        let library = (try? LuaFiles.files(in: "stdlib")) ?? []
        return library.map { String($0.lastPathComponent.dropLast(4)) } + ["mapping", "message", "channel", "message_rules"]
    }()
    static let placeholders = [
        "first_name", "item", "items", "visit_day", "condition", "model", "vehicle", "mileage", "rooftop", "phone", "booking_link", "season",
    ]

    static func findings(_ text: String, file: String = "message.lua") -> [SourceFinding] {
        let known = globals + (file.hasPrefix("tests/") ? testGlobals : [])
        return SourceCheck(file: file, text: text, knownGlobals: known, modules: modules, placeholders: placeholders).findings()
    }

    /// The messages of what is found in the body of a text message's hook.
    static func sms(_ body: String) -> [String] {
        findings("return { sms = function(touch)\n\(body)\nend }").map(\.message)
    }
}
