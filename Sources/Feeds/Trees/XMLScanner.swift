internal import Foundation

/// Finds where a tag or an element ends, by its tags alone.
struct XMLScanner {
    enum Extent {
        /// The position after its last tag.
        case end(Int)
        /// Where its tags don't fit together, where the file ends, or how far any record may reach.
        case fault(Int)
    }

    private let cursor: TextCursor
    private let most: Int
    private let depthMost: Int
    private let open: Names
    private let absent: Absent

    init(cursor: TextCursor, most: Int, depthMost: Int) {
        self.cursor = cursor
        self.most = most
        self.depthMost = depthMost
        open = Names(depthMost)
        absent = Absent()
    }

    // MARK: Bytes

    private static let blank: UInt8 = 1, name: UInt8 = 2, beginning: UInt8 = 4, plain: UInt8 = 8

    /// What each byte can be: a blank; part of a name; a name's first; inside a tag neither quote nor bracket.
    private static let roles: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): blank | plain
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): 0
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
            name | beginning | plain
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): name | plain
        default: plain
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool { roles[Int(byte)] & blank != 0 }
    static func isName(_ byte: UInt8) -> Bool { roles[Int(byte)] & name != 0 }
    static func canBeginName(_ byte: UInt8) -> Bool { roles[Int(byte)] & beginning != 0 }

    // MARK: Tags and elements

    /// The position after a tag whose name ends at `start`; one that is not closed ends where the next begins.
    func endOfTag(from start: Int) throws -> (end: Int, isEmpty: Bool) {
        var at = start
        while at - start < most, try cursor.read(at + 1) {
            let byte = cursor.text[at]
            switch byte {
            case UInt8(ascii: ">"): return (at + 1, at > start && cursor.text[at - 1] == UInt8(ascii: "/"))
            case UInt8(ascii: "<"): return (at, false)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                var close = at + 1
                while close - start < most, try cursor.read(close + 1), cursor.text[close] != byte, cursor.text[close] != UInt8(ascii: "<") {
                    close += 1
                }
                at = close < cursor.available && cursor.text[close] == byte ? close + 1 : close
            default: at += 1
            }
        }
        // A tag without an end is cut behind a whole character.
        while try cursor.read(at + 1), cursor.text[at] & 0xC0 == 0x80 { at += 1 }
        return (min(at, cursor.available), false)
    }

    /// Where the element ends that begins at the mark.
    func endOfElement() throws -> Extent {
        var at = 0
        var depth = 0
        return try Self.roles.withUnsafeBufferPointer { roles in
            while true {
                switch scan(from: &at, depth: &depth, roles: roles) {
                case .ended: return .end(at)
                case .fault: return .fault(at)
                case .needsMore:
                    if cursor.available >= most { return .fault(most) }
                    guard try cursor.read(cursor.available + 1) else { return .fault(cursor.available) }
                }
            }
        }
    }

    private enum Scanned {
        case ended, fault, needsMore
    }

    /// Scans tag after tag in what was read. When more is needed `at` is where the tag begins that goes on.
    private func scan(from at: inout Int, depth: inout Int, roles: UnsafeBufferPointer<UInt8>) -> Scanned {
        let text = cursor.text
        let end = min(cursor.available, most)
        while true {
            guard let tag = cursor.findHere(UInt8(ascii: "<"), from: at, to: end) else {
                at = max(at, end)
                return .needsMore
            }
            at = tag
            guard tag + 1 < end else { return .needsMore }
            let second = text[tag + 1]
            if second == UInt8(ascii: "/") {
                let (start, length) = open.names[depth - 1]
                var next = tag + 2 + length
                guard next < end else { return .needsMore }
                guard memcmp(text + start, text + tag + 2, length) == 0 else { return .fault }
                while next < end, roles[Int(text[next])] & Self.blank != 0 { next += 1 }
                guard next < end else { return .needsMore }
                guard text[next] == UInt8(ascii: ">") else { return .fault }
                at = next + 1
                depth -= 1
                if depth == 0 { return .ended }
            } else if roles[Int(second)] & Self.beginning != 0 {
                var next = tag + 2
                while next < end, roles[Int(text[next])] & Self.name != 0 { next += 1 }
                let length = next - tag - 1
                while true {
                    while next < end, roles[Int(text[next])] & Self.plain != 0 { next += 1 }
                    guard next < end else { return .needsMore }
                    if text[next] == UInt8(ascii: ">") { break }
                    guard text[next] != UInt8(ascii: "<") else { return .fault }
                    let close = cursor.findHere(text[next], from: next + 1, to: end)
                    if cursor.findHere(UInt8(ascii: "<"), from: next + 1, to: close ?? end) != nil { return .fault }
                    guard let close else { return .needsMore }
                    next = close + 1
                }
                at = next + 1
                if text[next - 1] == UInt8(ascii: "/") {
                    if depth == 0 { return .ended }
                } else {
                    guard depth < depthMost else { return .fault }
                    open.names[depth] = (tag + 1, length)
                    depth += 1
                }
            } else {
                switch passLiteral(tag, second, end) {
                case .past(let next): at = next
                case .none: return .fault
                case .needsMore: return .needsMore
                }
            }
        }
    }

    // MARK: Comments, CDATA sections, instructions

    private enum Literal {
        case past(Int), none, needsMore
    }

    private func passLiteral(_ tag: Int, _ second: UInt8, _ end: Int) -> Literal {
        guard second == UInt8(ascii: "?") || second == UInt8(ascii: "!") else { return .none }
        if second == UInt8(ascii: "?") { return pass(.instruction, "?>", from: tag + 2, to: end) }
        guard tag + 9 <= end else { return .needsMore }
        if memcmp(cursor.text + tag, "<!--", 4) == 0 { return pass(.comment, "-->", from: tag + 4, to: end) }
        if memcmp(cursor.text + tag, "<![CDATA[", 9) == 0 { return pass(.section, "]]>", from: tag + 9, to: end) }
        return .none
    }

    private func pass(_ kind: Absent.Kind, _ mark: StaticString, from start: Int, to end: Int) -> Literal {
        let before = cursor.textOffset
        let from = absent.start(kind, from: before + start) - before
        if let found = cursor.findHere(mark, from: from, to: end) { return .past(found + mark.utf8CodeUnitCount) }
        absent.note(kind, from: before + start, to: before + max(start, end - mark.utf8CodeUnitCount + 1))
        return .needsMore
    }

    /// The names of the open elements, from the mark.
    private final class Names {
        let names: UnsafeMutablePointer<(start: Int, length: Int)>

        init(_ count: Int) { names = .allocate(capacity: count) }
        deinit { names.deallocate() }
    }

    /// Where in the text no closing mark begins: so that a file of unclosed comments is not searched again for each.
    private final class Absent {
        enum Kind: Int {
            case comment, section, instruction
        }

        private var ranges = [0..<0, 0..<0, 0..<0]

        func start(_ kind: Kind, from start: Int) -> Int {
            ranges[kind.rawValue].contains(start) ? ranges[kind.rawValue].upperBound : start
        }

        func note(_ kind: Kind, from start: Int, to end: Int) {
            let range = ranges[kind.rawValue]
            ranges[kind.rawValue] = range.contains(start) || range.upperBound == start ? range.lowerBound..<max(range.upperBound, end) : start..<end
        }
    }
}
