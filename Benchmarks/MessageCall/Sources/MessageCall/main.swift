// One message-hook call through `Lua`, against the same script driven from plain C, in turns.
//     cd Benchmarks/MessageCall && swift run -c release MessageCall
import Foundation
import Lua
import PlainLua

let rounds = 15
let callsARound = 20_000
guard let url = Bundle.module.url(forResource: "message", withExtension: "lua") else {
    preconditionFailure("message.lua is a resource of this target")
}
let script = try String(contentsOf: url, encoding: .utf8)
var text = [CChar](repeating: 0, count: 1024)
guard let plain = plain_lua_new(script, script.utf8.count) else { preconditionFailure("the script doesn't load") }
let sandboxed = try SandboxedMessages(script: script)

var plainNanoseconds: [Double] = []
var sandboxedNanoseconds: [Double] = []
let clock = ContinuousClock()
for _ in 0..<rounds {
    plainNanoseconds.append(plain_lua_run(plain, Int32(callsARound), &text))
    let start = clock.now
    for _ in 0..<callsARound { try sandboxed.callOnce() }
    sandboxedNanoseconds.append(Double((clock.now - start).components.attoseconds) / 1e9 / Double(callsARound))
}
let expected = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
precondition(sandboxed.lastText == expected, "the two say different things: \(sandboxed.lastText) / \(expected)")
plain_lua_free(plain)

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
let ratio = median(zip(sandboxedNanoseconds, plainNanoseconds).map { $0 / $1 })
print("plain C      \(Int(median(plainNanoseconds))) ns a call")
print("Lua, Swift   \(Int(median(sandboxedNanoseconds))) ns a call, \(sandboxed.copiedBytes) of the image's \(sandboxed.imageBytes) bytes copied, fuel \(sandboxed.fuelUsed)")
print("ratio        \(String(format: "%.2f", ratio)) (median of \(rounds) interleaved rounds of \(callsARound) calls)")
