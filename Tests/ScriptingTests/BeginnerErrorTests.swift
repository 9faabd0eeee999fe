import FollowUp
import Foundation
import Lua
import ScriptKit
import Scripting
import Testing

/// What beginners write, and what they are told: `BeginnerErrors/NN-name.lua` beside `NN-name.expected`, the whole of it as the
/// dealer reads it. `REVISIT_WRITE_GOLDENS=1` writes the expected ones anew; read each as the dealer would.
@Suite struct BeginnerErrorTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "BeginnerErrors")
    static let isWriting = ProcessInfo.processInfo.environment["REVISIT_WRITE_GOLDENS"] == "1"
    static let fewest = 40
    /// Each script is damaged at every so many bytes.
    static let damageStride = ProcessInfo.processInfo.environment["REVISIT_CASES"] == nil ? 7 : 1

    static let cases: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".lua") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test("a beginner's mistake is told in plain words, with its place, its line and a remedy", arguments: cases)
    func told(name: String) async throws {
        let script = try Data(contentsOf: Self.folder.appending(path: name + ".lua"))
        let told = try await Self.told(script) + "\n"
        let expected = Self.folder.appending(path: name + ".expected")
        if Self.isWriting { try told.write(to: expected, atomically: true, encoding: .utf8) }
        let golden = try? String(contentsOf: expected, encoding: .utf8)
        #expect(golden == told, "\(name): REVISIT_WRITE_GOLDENS=1 writes what is told now")
    }

    @Test("every message has a place and a remedy, and there are at least 40")
    func complete() throws {
        #expect(Self.cases.count >= Self.fewest)
        for name in Self.cases {
            let lines = try String(contentsOf: Self.folder.appending(path: name + ".expected"), encoding: .utf8).split(separator: "\n")
            let first = try #require(lines.first)
            #expect(first.contains(#/^[a-z_/]+\.lua:\d+(:\d+)?: /#), "\(name) has no place: \(first)")
            let remedy = try #require(first.split(separator: "; ", maxSplits: 1).dropFirst().first, "\(name) has no remedy: \(first)")
            #expect(remedy.split(separator: " ").count >= 3, "\(name): \(remedy)")
        }
        let expected = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".expected") }
        #expect(Set(expected.map { String($0.dropLast(9)) }) == Set(Self.cases), "an expected message without its script")
    }

    @Test("no damage to a script trips up what is told of it", arguments: cases)
    func damaged(name: String) throws {
        let script = try Data(contentsOf: Self.folder.appending(path: name + ".lua"))
        let machine = try Machine()
        let words = ["end", "(", "}", "{", "=", "'", "\"", ".", ":", ",", "if ", "else if ", "[[", "“", "return ", "\n", "~", "function", "\r\n", "\t", "--", "\\"]
        for at in stride(from: (Int(name.prefix { $0.isNumber }) ?? 0) % Self.damageStride, to: script.count, by: Self.damageStride) {
            var (cut, without, with) = (script, script, script)
            cut.removeSubrange(at...)
            without.remove(at: at)
            with.insert(contentsOf: Data(words[at % words.count].utf8), at: at)
            for bytes in [cut, without, with] {
                do {
                    _ = try machine.makeImage(of: Program(sources: [ScriptSource(name: "message.lua", bytes: Array(bytes))], entries: ["message"]))
                } catch let error as ScriptError {
                    #expect(!error.description.isEmpty)
                    if let column = error.column { #expect(column >= 1) }
                } catch is LimitExceeded {}
            }
        }
    }

    /// What is told of a script. Its first line may say which file it is; the mark is no part of the script.
    private static func told(_ script: Data) async throws -> String {
        var text = String(decoding: script, as: UTF8.self)
        var file = "message"
        if let mark = text.firstMatch(of: #/^-- file: (\w+)\.lua\n/#) {
            file = String(mark.1)
            text.removeSubrange(mark.range)
        }
        let rooftop = try Rooftop(rooftop: file == "rooftop" ? text : Self.rooftop, message: file == "message" ? text : nil, channel: file == "channel" ? text : nil)
        do {
            switch file {
            case "rooftop": return try "nothing is told: \(RooftopReader(bundle: rooftop.bundle).rooftop().id)"
            case "mapping": return try mapping(text, rooftop.folder)
            case "channel": return try channel(rooftop.bundle)
            case "test": return try await test(text, rooftop.folder)
            default: return try message(rooftop.bundle)
            }
        } catch {
            return "\(error)"
        }
    }

    private static let rooftop = "return { name = 'Hillside Auto', zone = 'America/Chicago', booking_link = 'https://book.example.com/h' }"

    private static func message(_ bundle: ScriptBundle) throws -> String {
        let messenger = try Messenger(bundle: bundle, on: Machine())
        let bare = try Rooftop.facts(declined: [DeclinedItem(opCode: "CABF", description: "CABIN AIR FILTER")], customer: Customer(name: "BLUE HERON INC"), vehicle: Vehicle(), mileage: nil)
        for facts in [try Rooftop.facts(), bare] {
            for channel in ContactChannel.allCases {
                if case .message(_, let failure?) = try messenger.write(facts, on: channel, seed: 1) { return failure.reason }
            }
        }
        return "nothing is told"
    }

    private static func channel(_ bundle: ScriptBundle) throws -> String {
        let permissions = ChannelPermissions(customer: Customer(phone: "+13125550142", textOK: true), optOuts: [])
        return try Messenger(bundle: bundle, on: Machine()).wish(for: Rooftop.facts(), permissions: permissions, seed: 1).failure?.reason ?? "nothing is told"
    }

    private static func mapping(_ text: String, _ folder: URL) throws -> String {
        try text.write(to: folder.appending(path: "mapping.lua"), atomically: true, encoding: .utf8)
        let bundle = try ScriptBundle(folder: folder, stdlib: Rooftop.root.appending(path: "stdlib"))
        let mapper = try Mapper(bundle: bundle)
        try mapper.declare([Mapper.RecordKind(name: nil, columns: ["RO", "CLOSE DT", "CUST", "CELL", "OP", "DESC", "EST"])], joins: [])
        let cells = ["1042", "03/03/2026", "LOPEZ,MARIA", "3125550142", "BRKR", "REAR BRAKE PADS", "412.50"]
        let mapped = mapper.map { encoder, types in
            let row = encoder.record(type: types.firstRow, cells.map { encoder.string($0) })
            return (encoder.list([row]), .none)
        }
        guard case .quarantined(let failure) = mapped else { return "nothing is told" }
        return "\(failure.scriptLine ?? "?"): \(failure.reason)"
    }

    /// As the page of `revisit test` has it.
    private static func test(_ text: String, _ folder: URL) async throws -> String {
        let tests = folder.appending(path: "tests")
        try FileManager.default.createDirectory(at: tests, withIntermediateDirectories: true)
        try text.write(to: tests.appending(path: "message_test.lua"), atomically: true, encoding: .utf8)
        let bundle = try ScriptBundle(folder: folder, stdlib: Rooftop.root.appending(path: "stdlib"))
        let report = try await TestRun(bundle: bundle, seed: TestSeed(1)) { _, _ in .init(failure: nil) }.run()
        guard let failure = report.failed.first?.failure else { return "nothing is told" }
        let first = [failure.place.map { $0 + ": " }, failure.message, failure.remedy.map { "; " + $0 }].compactMap { $0 }.joined()
        let excerpt = [failure.excerpt?.line, failure.excerpt?.caret].compactMap { $0 }
        return ([first] + excerpt.map { "  " + $0 }).joined(separator: "\n")
    }
}
