import Foundation
import Testing

@Suite struct ProgressTests {
    /// Runs a command with its stderr on a terminal of its own, and prints what the terminal saw.
    private static let terminal = """
        import os, pty, subprocess, sys
        ours, theirs = pty.openpty()
        run = subprocess.Popen(sys.argv[1:], stderr=theirs, stdin=subprocess.DEVNULL)
        os.close(theirs)
        seen = b''
        while True:
            try: more = os.read(ours, 65536)
            except OSError: break
            if not more: break
            seen += more
        sys.stdout.buffer.write(seen)
        sys.exit(run.wait())
        """

    @Test("a long file shows a progress bar on a terminal, cleared at the end, and none where stderr is no terminal")
    func bar() throws {
        let scratch = try Scratch()
        let header = "RO,Closed,CustName,Phones,Email,EmailOK,TextOK,VIN,Yr,Make,Model,Miles,Line,Type,OpCode,OpDesc,Total,LineStatus,TechNotes\n"
        let rows = (0..<25_000).map { "\(100_000 + $0),2/3/2026,\"TRAN, ABEL\",,,,,,,,,,1,C,LOF,OIL,1.00,OK,\n" }.joined()
        let file = try scratch.write("long.csv", header + rows)
        let products = try #require(Bundle.main.executableURL?.deletingLastPathComponent())
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", Self.terminal, products.appending(path: "revisit").path, "import", "scripts/hillside", file, "--database",
            scratch.path("l"),
        ]
        process.currentDirectoryURL = CommandLineTool.root
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let seen = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(seen)")
        #expect(seen.contains("importing") && seen.contains("rows/s") && seen.contains(" left"), "\(seen)")
        #expect(seen.contains("\r\u{1B}[Klong.csv: 25000 rows"), "\(seen)")
        let piped = try CommandLineTool.run("import", "scripts/hillside", file, "--database", scratch.path("piped"))
        #expect(piped.status == 0 && !piped.complaints.contains("\u{1B}"))
    }
}
