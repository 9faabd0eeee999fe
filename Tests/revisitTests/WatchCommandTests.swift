import Foundation
import Testing

@Suite struct WatchCommandTests {
    static let export = CommandLineTool.root.appending(path: "scripts/hillside/fixtures/08_line_items.csv")

    private func names(_ scratch: Scratch, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.path(folder)).sorted()
    }

    private func watch(_ scratch: Scratch, _ options: String...) throws -> CommandLineTool.Run {
        switch options.count {
        case 0: try CommandLineTool.run("import", "scripts/hillside", "--watch", scratch.path("drop"), "--once", "--settle", "0", "--database", scratch.path("l"))
        default: try CommandLineTool.run("import", "scripts/hillside", "--watch", scratch.path("drop"), "--once", options[0], options[1], "--database", scratch.path("l"))
        }
    }

    @Test("files are taken in the order of their stamps and kept with their hash; what is refused lies beside its reason, the rest is left alone")
    func once() throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: Self.export, encoding: .utf8)
        let head = text.split(separator: "\n").prefix(8).joined(separator: "\n") + "\n"
        _ = try scratch.write("drop/b_2026-03-01.csv", head)
        _ = try scratch.write("drop/a_2026-03-03T10-00.csv", text)
        _ = try scratch.write("drop/c_2026-03-02.csv", "")
        _ = try scratch.write("drop/half.csv.part", head)
        _ = try scratch.write("drop/.hidden.csv", head)
        try FileManager.default.createSymbolicLink(atPath: scratch.path("drop/link.csv"), withDestinationPath: Self.export.path)
        let run = try watch(scratch)
        #expect(run.status == 65, "one was held back: \(run.complaints)")
        let order = ["b_2026", "c_2026", "a_2026"].map { run.complaints.range(of: $0)!.lowerBound }
        #expect(order == order.sorted(), "\(run.complaints)")
        let taken = try names(scratch, "drop/taken")
        #expect(taken.map { $0.prefix(17) } == ["2026-03-01T00-00_", "2026-03-03T10-00_"])
        #expect(taken[1].hasSuffix("_a_2026-03-03T10-00.csv") && taken[1].contains("_67b5de9a4591_"))
        let held = try names(scratch, "drop/held-back")
        #expect(held.count == 2 && held[1] == held[0] + ".reason.txt")
        #expect(try String(contentsOfFile: scratch.path("drop/held-back/" + held[1]), encoding: .utf8).contains("the file is empty"))
        #expect(try names(scratch, "drop") == [".hidden.csv", "half.csv.part", "held-back", "link.csv", "taken", "taking"])
        #expect(try names(scratch, "drop/taking").isEmpty)
        // The same content again, and an older file after the newer one.
        _ = try scratch.write("drop/a_2026-03-03T10-00.csv", text)
        _ = try scratch.write("drop/z_2026-02-01.csv", text.replacingOccurrences(of: "LINDQVIST, EMEKA", with: "SOMEBODY, EMEKA"))
        let again = try watch(scratch)
        #expect(again.status == 0 && again.complaints.contains("nothing to do") && again.complaints.contains("1 older than what is held"), "\(again.complaints)")
        #expect(try names(scratch, "drop/taken").count == 3)
    }

    @Test("with a marker a file waits for it, and the marker goes with the file")
    func marker() throws {
        let scratch = try Scratch()
        _ = try scratch.write("drop/a.csv", try String(contentsOf: Self.export, encoding: .utf8))
        #expect(try watch(scratch, "--marker", ".done").complaints.isEmpty)
        _ = try scratch.write("drop/a.csv.done", "")
        #expect(try watch(scratch, "--marker", ".done").complaints.contains("45 new"))
        #expect(try names(scratch, "drop") == ["held-back", "taken", "taking"])
    }

    @Test("what a process that died had claimed is taken up by the next; what a living one has claimed is not")
    func leftovers() throws {
        let scratch = try Scratch()
        let text = try String(contentsOf: Self.export, encoding: .utf8)
        _ = try scratch.write("drop/taking/dead/a_2026-03-03.csv", text)
        _ = try scratch.write("drop/taking/dead/.lock", "")
        let lock = open(try scratch.write("drop/taking/living/.lock", ""), O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        _ = try scratch.write("drop/taking/living/b_2026-03-03.csv", text)
        let run = try watch(scratch)
        #expect(run.status == 0 && run.complaints.contains("a_2026-03-03.csv: 173 rows"), "\(run.complaints)")
        #expect(try names(scratch, "drop/taking") == ["living"])
        #expect(try names(scratch, "drop/taking/living") == [".lock", "b_2026-03-03.csv"])
    }

    @Test("two watchers at once take every file, each once")
    func two() async throws {
        let scratch = try Scratch()
        let lines = try String(contentsOf: Self.export, encoding: .utf8).split(separator: "\n")
        for file in 0..<12 {
            let row = lines[1].replacingOccurrences(of: "608003", with: "\(700_000 + file)")
            _ = try scratch.write("drop/f\(file)_2026-03-03.csv", "\(lines[0])\n\(row)\n")
        }
        let (drop, database) = (scratch.path("drop"), scratch.path("l"))
        let runs = try await withThrowingTaskGroup(of: CommandLineTool.Run.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try CommandLineTool.run("import", "scripts/hillside", "--watch", drop, "--once", "--settle", "0", "--database", database)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.complaints))")
        #expect(try names(scratch, "drop/taken").count == 12)
        let news = runs.map(\.complaints).joined().components(separatedBy: " 1 new,").count - 1
        #expect(news == 12, "\(runs.map(\.complaints))")
    }

    @Test("SIGTERM and SIGINT end a watch cleanly", arguments: [(SIGTERM, Int32(0)), (SIGINT, Int32(130))])
    func signals(number: Int32, status: Int32) throws {
        let scratch = try Scratch()
        _ = try scratch.write("drop/.keep", "")
        let process = Process()
        process.executableURL = try #require(Bundle.main.executableURL?.deletingLastPathComponent()).appending(path: "revisit")
        process.arguments = ["import", "scripts/hillside", "--watch", scratch.path("drop"), "--database", scratch.path("l")]
        process.currentDirectoryURL = CommandLineTool.root
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        // It listens to signals before it says that it watches.
        #expect(String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("watching"))
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationStatus == status && process.terminationReason == .exit)
        #expect(try names(scratch, "drop/taking").isEmpty)
    }

    @Test("a folder that can't be watched, or options that don't go together, are told")
    func wrongInput() throws {
        let scratch = try Scratch()
        let none = try watch(scratch)
        #expect(none.status == 66 && none.complaints.contains("there is no folder"))
        _ = try scratch.write("drop", "a file")
        #expect(try watch(scratch).complaints.contains("is no folder"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("l")))
        for options in [[], ["x.csv", "--once"], ["x.csv", "--watch", "y"], ["--watch", "y", "--stamp", "2026-03-03"]] {
            let words = ["import", "scripts/hillside"] + options
            let run = switch words.count {
            case 2: try CommandLineTool.run(words[0], words[1])
            case 4: try CommandLineTool.run(words[0], words[1], words[2], words[3])
            case 5: try CommandLineTool.run(words[0], words[1], words[2], words[3], words[4])
            default: try CommandLineTool.run(words[0], words[1], words[2], words[3], words[4], words[5])
            }
            #expect(run.status == 64, "\(words): \(run.complaints)")
        }
    }
}
