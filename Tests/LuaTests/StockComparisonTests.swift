import Foundation
import Lua
import StockLua
import Testing

/// The sandbox's library functions against Lua's own, on calls made from a seed. `REVISIT_SEED` and `REVISIT_CASES` change which and how many.
@Suite struct StockComparisonTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["REVISIT_SEED"].flatMap { Int($0) } ?? 20_260_301
    private static let cases = environment["REVISIT_CASES"].flatMap { Int($0) } ?? 40_000
    private static let batch = 200

    @Test("library functions give what Lua's own give, errors included")
    func calls() throws {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/comparison", withExtension: "lua"))
        let text = try String(contentsOf: file, encoding: .utf8)
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: [], entries: [], isStrict: false))
        for seed in Self.seed..<Self.seed + Self.cases / Self.batch {
            // In the first line, so that line numbers agree.
            let chunk = "local SEED, CASES = \(seed), \(Self.batch) " + text
            let result = machine.run(ScriptSource(name: "comparison.lua", text: chunk), in: image)
            let ours = try #require(try result.value().list?.first?.string, "seed \(seed)").split(separator: "\n")
            let theirs = Self.stock(chunk).split(separator: "\n")
            #expect(ours.count == theirs.count, "seed \(seed)")
            for (our, their) in zip(ours, theirs) where our != their {
                Issue.record("seed \(seed)\n  here:  \(our)\n  stock: \(their)")
                return
            }
        }
    }

    private static func stock(_ text: String) -> String {
        var length = 0
        var text = text
        guard let result = text.withUTF8({ utf8 in
            utf8.withMemoryRebound(to: CChar.self) { stock_lua_run($0.baseAddress, $0.count, &length) }
        }) else { return "" }
        defer { free(result) }
        return String(decoding: UnsafeRawBufferPointer(start: result, count: length), as: UTF8.self)
    }
}
