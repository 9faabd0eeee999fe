import Foundation
import FollowUp
import Lua
import Scripting

/// Loading rooftops, what each takes, and calls that alternate between them.
func measureLoading(_ bundle: ScriptBundle) throws {
    let machine = try Machine()
    let script = ScriptSource(name: "message.lua", text: "return { sms = function(touch) return 'Hi' end }")
    let small = try (0..<300).map { _ in
        try nanoseconds(1) { _ = try machine.makeImage(of: Program(sources: [script], entries: ["message"]), functions: [FunctionName("message", "sms")]) }
    }
    row("a state made, one small script loaded, its image taken", "\((median(small) / 1000).whole) µs", "under 300 µs")
    let whole = try (0..<300).map { _ in try nanoseconds(1) { _ = try Messenger(bundle: bundle, on: machine) } }
    row("  the same for a rooftop with all the stdlib it uses", "\((median(whole) / 1000).whole) µs", "under 300 µs")
    let first = try (0..<100).map { _ in
        let machine = try Machine()
        return try nanoseconds(1) { _ = try Messenger(bundle: bundle, on: machine) }
    }
    row("  for the first on its thread, which loads the stdlib", "\((median(first) / 1000).whole) µs")
}

/// A thousand rooftops loaded on one machine, and a million calls that alternate between them.
func measureManyRooftops() throws {
    let machine = try Machine()
    let text = """
        local mine = 0
        local say = require "say"
        return { run = function()
          if mark or string.mark or mine ~= 0 or getmetatable(_G) or pcall(require, "mark") then return "seen" end
          mark, string.mark, math.mark, mine = 1, 1, 1, 1
          setmetatable(_G, { __index = function() return "poison" end })
          string.upper, say.fill = nil, nil
          coroutine.wrap(function() coroutine.yield(mark) end)()
          return NUMBER
        end }
        """
    let say = ScriptSource(name: "say.lua", text: "return { fill = function(text) return text end }")
    let run = FunctionName("main", "run")
    func image(_ number: Int) throws -> Image {
        let main = ScriptSource(name: "main.lua", text: text.replacingOccurrences(of: "NUMBER", with: "\(number)"))
        return try machine.makeImage(of: Program(sources: [main, say], entries: ["main"], isStrict: false), functions: [run])
    }
    let images = try (0..<1000).map(image)
    row("the image of a small rooftop, of 1,000", "\(images.map(\.byteCount).reduce(0, +) / 1000 / 1024) KB", "at most 150 KB")
    var seen = 0, atTenth = 0
    let calls = 1_000_000
    let start = clock.now
    for call in 0..<calls {
        let number = (call * 389) % images.count
        let result = machine.call(run, in: images[number], with: ValueEncoder(), root: .none)
        if try result?.value() != .int(Int64(number)) { seen += 1 }
        if call == calls / 10 { atTenth = residentBytes() }
    }
    let each = (clock.now - start) / .nanoseconds(1) / Double(calls)
    row("1,000,000 calls, each of another rooftop than the last", "\(each.whole) ns a call")
    row("  memory at a tenth of them, and at the end", "\(atTenth >> 20) MB, \(residentBytes() >> 20) MB", "flat")
    row("  calls that saw another's mark", "\(seen)", "0")
}

/// What a rooftop with the whole stdlib takes when it is loaded.
func measureWholeRooftops(_ bundle: ScriptBundle) throws {
    let machine = try Machine()
    let before = residentBytes()
    let messengers = try (0..<300).map { _ in try Messenger(bundle: bundle, on: machine) }
    row("memory of a whole rooftop loaded, of \(messengers.count)", "\((residentBytes() - before) / messengers.count / 1024) KB", "at most 150 KB")
    row("  its image", "\(messengers[0].byteCount / 1024) KB")
}

/// How long a call takes to be stopped and the next to have run, beyond the fuel itself.
func measureKills() throws {
    let machine = try Machine()
    let text = """
        return {
          loop = function() while true do end end,
          nested = function() coroutine.wrap(function() pcall(function() local x <close> = setmetatable({}, { __close = print }) while true do end end) end)() end,
          hoard = function() local t = {} while true do t[#t + 1] = {} end end,
          honest = function() return 1 end,
        }
        """
    let names = ["loop", "nested", "hoard", "honest"].map { FunctionName("main", $0) }
    let image = try machine.makeImage(of: Program(sources: [ScriptSource(name: "main.lua", text: text)], entries: ["main"]), functions: names)
    func call(_ place: Int, _ fuel: UInt64) -> Double {
        var limits = Limits()
        limits.fuel = fuel
        return nanoseconds(1) { _ = machine.call(names[place], in: image, with: ValueEncoder(), root: .none, limits: limits) }
    }
    let honest = median((0..<2001).map { _ in call(3, 10_000_000) })
    for (place, what) in [(0, "a loop"), (1, "a loop in pcall, __close and a coroutine")] {
        // Twice the fuel takes twice the time of the fuel: what is left over is the kill.
        let beyond = (0..<501).map { _ in
            let one = call(place, 100_000) + call(3, 10_000_000), two = call(place, 200_000) + call(3, 10_000_000)
            return 2 * one - two - honest
        }
        row("kill and recover from \(what), beyond its fuel", "\((median(beyond) / 1000).twoPlaces) µs", "under 50 µs")
    }
    let recovered = (0..<101).map { _ in
        _ = call(2, 10_000_000)
        return call(3, 10_000_000) - honest
    }
    row("the next call after one that took all its memory, beyond its own", "\((median(recovered) / 1000).twoPlaces) µs", "under 50 µs")
}
