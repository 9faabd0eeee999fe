import Foundation
import Lua
import Mustache
import PlainLua

/// One message call through `Lua` against the same script driven from plain C, in turns, and a Mustache template of the same text.
func measureMessageCalls(_ script: String) throws {
    let (rounds, calls) = (15, 20_000)
    var text = [CChar](repeating: 0, count: 1024)
    guard let plain = plain_lua_new(script, script.utf8.count) else { preconditionFailure("the script doesn't load") }
    defer { plain_lua_free(plain) }
    let sandboxed = try SandboxedMessages(script: script)
    var inC: [Double] = [], inLua: [Double] = [], inMustache: [Double] = []
    let template = try MustacheTemplate(
            string: """
            Hi {{first_name}}, it's {{rooftop}}. When your {{model}} was in on {{visit_day}} we measured {{name}} ({{measure}}) and \
            {{#second}}{{name}}{{/second}}. Shall we get that scheduled? {{link}} or call {{phone}}.
            """)
    for _ in 0..<rounds {
        inC.append(plain_lua_run(plain, Int32(calls), &text))
        inLua.append(try nanoseconds(calls) { try sandboxed.callOnce() })
        inMustache.append(nanoseconds(calls) { _ = template.render(fields(), library: nil) })
    }
    let expected = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let rendered = template.render(fields(), library: nil)
    precondition(rendered.replacingOccurrences(of: "&#39;", with: "'") == expected, "the template says something else: \(rendered)")
    precondition(sandboxed.lastText == expected, "the two say different things: \(sandboxed.lastText) / \(expected)")
    row("a message call, image restored and hook on", "\(median(inLua).whole) ns")
    row("  of the image's \(sandboxed.imageBytes / 1024) KB copied back", "\(sandboxed.copiedBytes / 1024) KB")
    row("  the same script from plain C", "\(median(inC).whole) ns")
    row("  ratio, median of \(rounds) rounds in turns", median(zip(inLua, inC).map { $0 / $1 }).twoPlaces, "at most 1.3, goal 1.15")
    row("  a Mustache template of the same text", "\(median(inMustache).whole) ns")
}

/// The same 34 values, as a template takes them.
private func fields() -> [String: Any] {
    [
        "kind": "reminder", "day": 3, "channel": "sms", "now": "2026-03-06 10:00", "late": false, "visit_on": "2026-03-03", "visit_day": "Tuesday, March 3",
        "link": "https://book.example/hillside", "op_code": "BRKR", "name": "rear brake pads and rotors", "category": "BRKR", "tier": "mid", "safety": false,
        "price_cents": 41_250, "measure": "3 mm", "customer": "Ana Reyes", "first_name": "Ana", "business": false, "text_ok": true, "year": 2016, "make": "Ford",
        "model": "Bolt EV", "vehicle": "2016 Ford Bolt EV", "rooftop": "Hillside Motors", "phone": "(312) 555-0142", "zone": "America/Chicago",
        "second": ["op_code": "WIPE", "name": "wiper blades", "category": "WIPE", "tier": "mid", "safety": false, "price_cents": 4_890] as [String: Any],
    ]
}
