import Foundation
import Testing

@Suite struct PseudoTerminalTests {
    @Test("a program has a terminal of its own: it echoes, is 80 by 24, and Ctrl-D ends the input")
    func cat() throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "stty size; exec cat"])
        try terminal.expect("24 80\n")
        try terminal.send("größe\r")
        try terminal.expect("größe\n")
        try terminal.expect("größe\n")
        try terminal.send("\u{4}")
        #expect(try terminal.end() == .exit(0))
        #expect(terminal.transcript == "24 80\ngröße\ngröße\n")
        #expect(terminal.isCooked)
    }

    @Test("Ctrl-C is a signal to the program, and its exit status is told from that")
    func endings() throws {
        let interrupted = try PseudoTerminal("/bin/sh", ["-c", "echo ready; exec cat"])
        try interrupted.expect("ready")
        try interrupted.send("\u{3}")
        #expect(try interrupted.end() == .signal(SIGINT))
        #expect(try PseudoTerminal("/bin/sh", ["-c", "exit 7"]).end() == .exit(7))
    }

    @Test("the program gets the environment that is given and no other, in the folder that is given, and raw mode is seen")
    func surroundings() throws {
        let scratch = try Scratch()
        _ = try scratch.write("here", "")
        let folder = URL(filePath: scratch.path("."))
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "ls; echo $WORD-$HOME.; stty raw -echo; printf raw"], environment: ["WORD": "a b", "PATH": "/usr/bin:/bin"], folder: folder)
        try terminal.expect("here\na b-.\n")
        try terminal.expect("raw")
        #expect(try terminal.end() == .exit(0))
        #expect(!terminal.isCooked)
    }

    @Test("what isn't seen in time is told with what was")
    func patience() throws {
        let terminal = try PseudoTerminal("/bin/sh", ["-c", "echo one; exec cat"])
        try terminal.expect("one")
        #expect {
            try terminal.expect("one", timeoutSeconds: 0.05)
        } throws: { "\($0)" == #"never saw "one" in: "one\n""# }
        #expect(throws: PseudoTerminal.Failure.self) { try terminal.end(timeoutSeconds: 0.05) }
    }

    @Test("a transcript is without escape codes", arguments: [
        ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{7}a\u{1B}]0;title\u{1B}\\b", "ab"), ("\u{1B}(Ba\u{1B}=b\r\n\u{7}", "ab\n"),
        ("\u{1B}[?2004ha\u{1B}[", "a"), ("a\u{1B}", "a"),
    ])
    func codes(text: String, plain: String) {
        #expect(PseudoTerminal.withoutCodes(text) == plain)
    }
}
