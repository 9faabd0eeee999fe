/// Finds the records in the array that a path leads to, in one JSON document of any size.
///
/// Only brackets, quotes and names are looked at. A record in which they don't fit together is set aside up to where the next
/// one begins as the first one did, so that a lost quote costs one record and not the rest.
final class JSONSplitter: TreeSplitter {
    private(set) var place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
    private(set) var truncated: [UInt8]?
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: cursor.text, count: length) }
    var oddByte: UInt8 { cursor.oddByte }

    var whatIsThere: String {
        let shown = arraysSeen.prefix(Self.pathsShown).map { $0.isEmpty ? "the document itself" : "'\($0)'" }
        return shown.isEmpty ? "no array" : "arrays at \(shown.joined(separator: ", "))"
    }

    private struct Container {
        let isObject: Bool
        let path: String
        /// The kind of record that an array has, when it has any.
        let found: FoundTree?
        /// The name of the value that comes next in an object.
        var name: String?
    }

    private static let pathsShown = 20
    private static let depthMost = 200

    private let cursor: TextCursor
    private let limits: FeedLimits
    private let targets: [(path: String, found: FoundTree)]
    private var stack: [Container] = []
    private var length = 0
    private var arraysSeen: [String] = []
    /// How the first record begins: from its bracket to the end of its first name.
    private var opening: [UInt8] = []

    init(cursor: TextCursor, format: FeedFormat, limits: FeedLimits) {
        self.cursor = cursor
        self.limits = limits
        targets = [(format.path, .record(join: nil))] + format.joins.enumerated().map { ($1.path, .record(join: $0)) }
    }

    func next() throws -> FoundTree {
        truncated = nil
        length = 0
        while true {
            cursor.moveMark()
            guard let byte = try passFiller() else { return try end() }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if let found = stack.last?.found ?? (byte == UInt8(ascii: "{") ? found(at: path) : nil) { return try takeRecord(found) }
                try open(isObject: byte == UInt8(ascii: "{"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                cursor.position += 1
                _ = stack.popLast()
                if !stack.isEmpty { stack[stack.count - 1].name = nil }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                cursor.position += 1
            default:
                if stack.last?.found != nil { return try setAsideScalar() }
                try passScalar(byte)
            }
        }
    }

    // MARK: Around the records

    private var path: String {
        guard let last = stack.last else { return "" }
        guard let name = last.name else { return last.path }
        return last.path.isEmpty ? name : "\(last.path).\(name)"
    }

    private func found(at path: String) -> FoundTree? { targets.first { $0.path == path }?.found }

    private func open(isObject: Bool) throws {
        guard stack.count < Self.depthMost else { throw FeedError.notWhatItSays(expected: "a JSON document", found: "is nested deeper than \(Self.depthMost)", line: cursor.mark.line) }
        let path = path
        if !isObject, !arraysSeen.contains(path), arraysSeen.count <= Self.pathsShown { arraysSeen.append(path) }
        stack.append(Container(isObject: isObject, path: path, found: isObject ? nil : found(at: path), name: nil))
        cursor.position += 1
    }

    /// Passes blanks, byte order marks and what pads the end of a file.
    private func passFiller() throws -> UInt8? {
        while let byte = try cursor.peek() {
            if byte <= 0x20 {
                cursor.position += 1
            } else if byte == 0xEF, try cursor.has("\u{FEFF}", at: cursor.position) {
                cursor.position += 3
            } else {
                cursor.moveMark()
                return byte
            }
        }
        return nil
    }

    /// Passes a name or a value that is neither object nor array.
    private func passScalar(_ byte: UInt8) throws {
        guard byte == UInt8(ascii: "\"") else {
            while let next = try cursor.peek(), Self.isWord(next) { cursor.position += 1 }
            guard cursor.position > 0, !stack.isEmpty else {
                throw FeedError.notWhatItSays(expected: "a JSON document", found: "has something else", line: cursor.mark.line)
            }
            stack[stack.count - 1].name = nil
            return
        }
        let text = try passText()
        guard !stack.isEmpty else { return }
        let isName = stack[stack.count - 1].isObject && stack[stack.count - 1].name == nil
        stack[stack.count - 1].name = isName ? text : nil
    }

    private func passText() throws -> String {
        var at = cursor.position + 1
        while let quote = try cursor.find(UInt8(ascii: "\""), from: at, most: cursor.position + limits.treeBytes) {
            var backslashes = 0
            while cursor.text[quote - 1 - backslashes] == UInt8(ascii: "\\") { backslashes += 1 }
            at = quote + 1
            if backslashes % 2 == 0 {
                defer { cursor.position = at }
                return String(decoding: UnsafeBufferPointer(start: cursor.text + cursor.position + 1, count: quote - cursor.position - 1), as: UTF8.self)
            }
        }
        throw FeedError.cutShort(line: cursor.mark.line)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private func end() throws -> FoundTree {
        cursor.moveMark()
        if !stack.isEmpty { throw FeedError.cutShort(line: cursor.mark.line) }
        return .end
    }

    // MARK: A record

    private func takeRecord(_ found: FoundTree) throws -> FoundTree {
        let (line, byteOffset) = cursor.mark
        place = RecordPlace(lineFrom: line, lineTo: line, byteOffset: byteOffset)
        if opening.isEmpty, found == .record(join: nil) { try noteOpening() }
        guard let end = try endOfRecord() else { return try setAside() }
        length = end
        cursor.position = end
        place.lineTo = line + cursor.lineFeeds(before: end)
        if !stack.isEmpty { stack[stack.count - 1].name = nil }
        return found
    }

    private func noteOpening() throws {
        guard cursor.text[0] == UInt8(ascii: "{"), let quote = try cursor.find(UInt8(ascii: "\""), from: 1, most: 4_096),
            let close = try cursor.find(UInt8(ascii: "\""), from: quote + 1, most: 4_096)
        else { return }
        opening = Array(UnsafeBufferPointer(start: cursor.text, count: close + 1))
    }

    /// What each byte is outside of a text: 0 for one that can't be there.
    private enum Role {
        static let plain: UInt8 = 1, quote: UInt8 = 2, open: UInt8 = 3, close: UInt8 = 4
    }

    private static let roles: [UInt8] = {
        var roles = [UInt8](repeating: 0, count: 256)
        for byte in " \t\r\n,:0123456789+-.eEtrufalsn".utf8 { roles[Int(byte)] = Role.plain }
        for byte in "{[".utf8 { roles[Int(byte)] = Role.open }
        for byte in "}]".utf8 { roles[Int(byte)] = Role.close }
        roles[Int(UInt8(ascii: "\""))] = Role.quote
        return roles
    }()

    /// Where the record ends, or nil when its brackets and quotes don't fit together.
    private func endOfRecord() throws -> Int? {
        var open: [UInt8] = []
        var at = 0
        return try Self.roles.withUnsafeBufferPointer { roles in
            while true {
                guard at < limits.treeBytes, try cursor.read(at + 1) else { return nil }
                let text = cursor.text, available = min(cursor.available, limits.treeBytes)
                while at < available {
                    let byte = text[at]
                    let role = roles[Int(byte)]
                    at += 1
                    if role == Role.plain { continue }
                    if role == Role.quote {
                        guard let end = try endOfText(from: at) else { return nil }
                        at = end
                        break         // the text may have been moved
                    }
                    if role == Role.open {
                        if open.count == Self.depthMost { return nil }
                        open.append(byte)
                    } else if role == Role.close {
                        guard open.popLast() == (byte == UInt8(ascii: "}") ? UInt8(ascii: "{") : UInt8(ascii: "[")) else { return nil }
                        if open.isEmpty { return at }
                    } else {
                        return nil
                    }
                }
            }
        }
    }

    /// The position after the quote that closes a text.
    private func endOfText(from start: Int) throws -> Int? {
        var at = start
        while let quote = try cursor.find(UInt8(ascii: "\""), from: at, most: limits.treeBytes) {
            var backslashes = 0
            while cursor.text[quote - 1 - backslashes] == UInt8(ascii: "\\") { backslashes += 1 }
            if backslashes % 2 == 0 { return quote + 1 }
            at = quote + 1
        }
        return nil
    }

    // MARK: Records that don't fit together

    private func setAsideScalar() throws -> FoundTree {
        let (line, byteOffset) = cursor.mark
        place = RecordPlace(lineFrom: line, lineTo: line, byteOffset: byteOffset)
        return try setAside()
    }

    /// Sets aside what lies up to the next record, or to the end of the file.
    private func setAside() throws -> FoundTree {
        var from = 1
        while true {
            guard !opening.isEmpty, let bracket = cursor.findHere(UInt8(ascii: "{"), from: from, to: cursor.available) else {
                from = cursor.available
                if from >= limits.treeBytes {
                    keepBeginning()
                    cursor.position = from
                    cursor.moveMark()
                    from = 0
                }
                guard try cursor.read(cursor.available + 1) else {
                    stack.removeAll()
                    return setAside(to: cursor.available)
                }
                continue
            }
            from = bracket + 1
            if try cursor.read(bracket + opening.count), isOpening(at: bracket) { return setAside(to: bracket) }
        }
    }

    private func isOpening(at position: Int) -> Bool {
        let text = cursor.text + position
        for (i, byte) in opening.enumerated() where text[i] != byte { return false }
        return true
    }

    private func setAside(to end: Int) -> FoundTree {
        if end >= limits.treeBytes { keepBeginning() }
        cursor.position = end
        guard truncated == nil else {
            place.lineTo = cursor.mark.line + cursor.lineFeeds(before: end)
            return .setAside(.rowTooLong)
        }
        length = end
        while length > 1, cursor.text[length - 1] <= 0x20 || cursor.text[length - 1] == UInt8(ascii: ",") { length -= 1 }
        place.lineTo = place.lineFrom + cursor.lineFeeds(before: length)
        return .setAside(.badRecord)
    }

    private func keepBeginning() {
        if truncated == nil { truncated = cursor.beginning(most: min(limits.treeBytes, limits.keptRawBytes)) }
    }
}
