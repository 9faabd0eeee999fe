// Everything about the sandbox in one run; see docs/benchmarks.md.
//     make bench-sandbox
import Foundation
import Scripting

guard let url = Bundle.module.url(forResource: "message", withExtension: "lua") else {
    preconditionFailure("message.lua is a resource of this target")
}
let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardizedFileURL
let bundle = try ScriptBundle(folder: root.appending(path: "scripts/hillside"), stdlib: root.appending(path: "stdlib"))
try measureMessageCalls(try String(contentsOf: url, encoding: .utf8))
try measureLoading(bundle)
try measureWholeRooftops(bundle)
try measureKills()
try measureManyRooftops()
try await measureIsolation()
