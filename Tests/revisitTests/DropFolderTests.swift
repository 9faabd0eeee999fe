import FollowUp
import Foundation
import Testing

@testable import revisit

@Suite struct DropFolderTests {
    let noon = Timestamp(secondsSince1970: 1_772_800_000)

    @Test("a file is complete when it was the same for a while, by our clock; one that grows begins anew")
    func settling() {
        func file(_ name: String, _ size: Int) -> DropFolder.Entry { .init(name: name, size: size, writtenAt: noon, print: []) }
        var rule = SettleRule(seconds: 5)
        #expect(rule.complete([file("a", 1), file("b", 1)], at: noon).isEmpty)
        #expect(rule.complete([file("a", 1), file("b", 2)], at: noon + 4).isEmpty)
        #expect(rule.complete([file("a", 1), file("b", 2)], at: noon + 5).map(\.name) == ["a"])
        #expect(rule.complete([file("b", 2), file("c", 1)], at: noon + 9).map(\.name) == ["b"])
        #expect(rule.complete([file("a", 1)], at: noon + 20).isEmpty, "a name that was gone begins anew")
    }

    @Test("of two watchers one claims a file, and what the other drops under its name meanwhile is kept apart")
    func claiming() throws {
        let scratch = try Scratch()
        let first = try scratch.write("drop/a.csv", "1")
        let one = try DropFolder(path: scratch.path("drop"), marker: nil, id: "one")
        let two = try DropFolder(path: scratch.path("drop"), marker: nil, id: "two")
        let seen = (try one.entries(), try two.entries())
        #expect(seen.0.map(\.name) == ["a.csv"])
        let claim = try #require(try one.claim(seen.0[0]))
        #expect(try two.claim(seen.1[0]) == nil)
        #expect(!FileManager.default.fileExists(atPath: first))
        _ = try scratch.write("drop/a.csv", "2")
        let other = try #require(try two.claim(try two.entries()[0]))
        #expect(try String(contentsOfFile: claim.path, encoding: .utf8) == "1")
        #expect(try String(contentsOfFile: other.path, encoding: .utf8) == "2")
        #expect(try two.leftovers().isEmpty, "the other one lives")
    }

    @Test(
        "a stamp is read out of a name",
        arguments: [
            ("ro_2026-03-03.csv", "2026-03-03T06:00:00Z"), ("ro_20260303.csv", "2026-03-03T06:00:00Z"),
            ("2026-03-03T10-00_ro.csv", "2026-03-03T16:00:00Z"), ("20260303100059.csv", "2026-03-03T16:00:00Z"),
            ("RO 2026_03_03 1000.csv", "2026-03-03T16:00:00Z"), ("export_03-03-2026.csv", "2026-03-03T06:00:00Z"),
            ("ro_2026-03-03_2.csv", "2026-03-03T06:00:00Z"), ("08_line_items.csv", ""), ("611016.csv", ""), ("ro_2026-02-31.csv", ""),
            ("120260303.csv", ""),
        ])
    func names(name: String, stamp: String) throws {
        let zone = try Zone(identifier: "America/Chicago")
        #expect(FileStamp.inName(name, zone: zone)?.description ?? "" == stamp)
    }

    @Test("a name that speaks of the future isn't believed")
    func future() throws {
        let zone = try Zone(identifier: "America/Chicago")
        #expect(FileStamp.of(name: "2099-01-01.csv", writtenAt: noon - 60, zone: zone, now: noon) == noon - 60)
        #expect(FileStamp.of(name: "a.csv", writtenAt: noon + 999, zone: zone, now: noon) == noon)
    }

    @Test("limits of errors: a share, a number, or both")
    func limits() throws {
        let both = ErrorLimit([try .reading("5%"), try .reading("100")])
        #expect(both.passed(by: 5, of: 100) == nil)
        #expect(both.passed(by: 6, of: 100) == "5%")
        #expect(both.passed(by: 101, of: 100_000) == "100")
        #expect(ErrorLimit([]).passed(by: 1, of: 2) == nil)
        #expect(ErrorLimit([]).passed(by: 2, of: 3) == "50%")
        #expect(ErrorLimit([try .reading("0")]).passed(by: 1, of: 1000) == "0")
        for wrong in ["5x", "-1", "101%", "", "%"] { #expect(throws: (any Error).self) { try ErrorLimit.reading(wrong) } }
    }
}
