internal import Foundation

/// Finds the elements that a path names, in one XML document of any size or in several one after another.
///
/// Only tags are looked at. Around the records nearly anything passes, as the odd prologs that strict parsers refuse. A record
/// whose tags don't fit together is set aside up to its own end tag, or to where its list ends or the next record begins: so one
/// fault costs one record and not the rest.
final class XMLSplitter: TreeSplitter {
    private(set) var place = RecordPlace(lineFrom: 1, lineTo: 1, byteOffset: 0)
    private(set) var truncated: [UInt8]?
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: cursor.text, count: length) }
    var oddByte: UInt8 { cursor.oddByte }

    var whatIsThere: String {
        pathsSeen.isEmpty ? "no element" : "elements \(pathsSeen.map { "'\($0)'" }.joined(separator: ", "))"
    }

    private struct Target {
        /// Names without prefixes, the record's own last.
        let names: [[UInt8]]
        /// True when the first name is the root's.
        let isAnchored: Bool
        let found: FoundTree

        init(path: String, found: FoundTree) {
            names = path.split(separator: "/").map { Array(($0.split(separator: ":").last ?? $0).utf8) }
            isAnchored = path.hasPrefix("/")
            self.found = found
        }
    }

    private static let pathsShown = 20
    private static let depthMost = 200
    private static let nameMost = 1_024
    /// How far an instruction or declaration around the records is followed.
    private static let declarationMost = 64 << 10

    private let cursor: TextCursor
    private let limits: FeedLimits
    private let targets: [Target]
    private let scanner: XMLScanner
    /// The elements around the records that are open.
    private var open = OpenElements()
    private var length = 0
    private var linesPassed: Int?
    private var pathsSeen: [String] = []
    /// How many elements were open around the last record.
    private var recordDepth: Int?
    /// True while what follows a record is kept: should an end tag show that it was a record too, it is set aside whole. Before the
    /// first record, what follows the last start tag is.
    private var isHolding = false

    init(cursor: TextCursor, format: FeedFormat, limits: FeedLimits) {
        self.cursor = cursor
        self.limits = limits
        targets = [Target(path: format.path, found: .record(join: nil))]
            + format.joins.enumerated().map { Target(path: $1.path, found: .record(join: $0)) }
        scanner = XMLScanner(cursor: cursor, most: limits.treeBytes, depthMost: Self.depthMost)
    }

    func next() throws -> FoundTree {
        truncated = nil
        length = 0
        cursor.moveMark(lines: linesPassed)
        linesPassed = nil
        while try passText() {
            if let found = try takeTag() { return found }
        }
        if open.count > 0 {
            cursor.moveMark()
            throw FeedError.cutShort(line: cursor.mark.line)
        }
        return .end
    }

    // MARK: Around the records

    /// Passes on to the next tag.
    private func passText() throws -> Bool {
        while true {
            if let tag = cursor.findHere(UInt8(ascii: "<"), from: cursor.position, to: cursor.available) {
                cursor.position = tag
                return true
            }
            guard try passRead() else { return false }
        }
    }

    /// Passes what was read, and reads on; what follows a record is kept as long as it is no longer than one may be.
    private func passRead(keeping kept: Int = 0) throws -> Bool {
        cursor.position = max(cursor.position, cursor.available - kept)
        if !isHolding || cursor.position > limits.treeBytes {
            isHolding = false
            cursor.moveMark()
        }
        return try cursor.read(cursor.available + 1)
    }

    private func takeTag() throws -> FoundTree? {
        guard try cursor.read(cursor.position + 2) else {
            cursor.position = cursor.available
            return nil
        }
        switch cursor.text[cursor.position + 1] {
        case UInt8(ascii: "/"): return try takeEndTag()
        case UInt8(ascii: "!"): try passDeclaration()
        case UInt8(ascii: "?"): try passInstruction()
        case let byte where XMLScanner.canBeginName(byte): return try takeStartTag()
        default: cursor.position += 1
        }
        return nil
    }

    private func takeStartTag() throws -> FoundTree? {
        guard let nameEnd = try endOfName(from: cursor.position + 1) else { return nil }
        let name = localName(cursor.position + 1, nameEnd)
        if let target = targets.first(where: { isAt(name, $0) }) { return try takeRecord(target) }
        notePath(name)
        if recordDepth == nil {
            isHolding = true
            let moved = cursor.position
            cursor.moveMark()
            return try open(name: name.lowerBound - moved..<name.upperBound - moved, nameEnd: nameEnd - moved)
        }
        return try open(name: name, nameEnd: nameEnd)
    }

    private func open(name: Range<Int>, nameEnd: Int) throws -> FoundTree? {
        guard open.count < Self.depthMost else {
            cursor.moveMark()
            throw FeedError.notWhatItSays(expected: "an XML document", found: "is nested deeper than \(Self.depthMost)", line: cursor.mark.line)
        }
        let (end, isEmpty) = try scanner.endOfTag(from: nameEnd)
        cursor.position = end
        if !isEmpty { open.push(bytes(name)) }
        return nil
    }

    private func takeEndTag() throws -> FoundTree? {
        guard let nameEnd = try endOfName(from: cursor.position + 2) else { return nil }
        let start = cursor.position
        let name = localName(start + 2, nameEnd)
        cursor.position = try scanner.endOfTag(from: nameEnd).end
        if let place = open.lastIndex(of: bytes(name)) {
            open.removeAll(from: place)
            return nil
        }
        guard let target = targets.first(where: { $0.names.last?.elementsEqual(bytes(name)) == true }) else { return nil }
        return setAsideRemains(of: target, endTag: start)
    }

    /// Sets aside what an end tag shows to have been a record, though its start tag could not be read.
    private func setAsideRemains(of target: Target, endTag: Int) -> FoundTree {
        let end = cursor.position
        cursor.position = isHolding && end <= limits.treeBytes ? 0 : endTag
        while cursor.position < end, XMLScanner.isBlank(cursor.text[cursor.position]) { cursor.position += 1 }
        let blanks = cursor.position
        cursor.moveMark()
        let (line, byteOffset) = cursor.mark
        place = RecordPlace(lineFrom: line, lineTo: line, byteOffset: byteOffset)
        finish(end - blanks)
        // What was opened in place of the record is closed with it.
        if let recordDepth, open.count > recordDepth { open.removeAll(from: recordDepth) }
        var depth = open.count
        while depth > 0, !isInside(target, depth: depth) { depth -= 1 }
        if isInside(target, depth: depth) { open.removeAll(from: depth) }
        isHolding = true
        return .setAside(.badRecord)
    }

    /// The position after a name, nil when the file ends before it does: then all is passed.
    private func endOfName(from start: Int) throws -> Int? {
        var end = start
        while end - start < Self.nameMost {
            guard try cursor.read(end + 1) else {
                cursor.position = cursor.available
                return nil
            }
            guard XMLScanner.isName(cursor.text[end]) else { break }
            end += 1
        }
        return end
    }

    private func localName(_ start: Int, _ end: Int) -> Range<Int> {
        var colon = end
        while colon > start, cursor.text[colon - 1] != UInt8(ascii: ":") { colon -= 1 }
        return colon..<end
    }

    private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: cursor.text + range.lowerBound, count: range.count)
    }

    private func isAt(_ name: Range<Int>, _ target: Target) -> Bool {
        target.names.last?.elementsEqual(bytes(name)) == true && isInside(target, depth: open.count)
    }

    /// True when that many of the open elements are those that the target's path begins with.
    private func isInside(_ target: Target, depth: Int) -> Bool {
        let around = target.names.count - 1
        guard target.isAnchored ? depth == around : depth >= around else { return false }
        return (0..<around).allSatisfy { open[depth - around + $0].elementsEqual(target.names[$0]) }
    }

    private func notePath(_ name: Range<Int>) {
        guard pathsSeen.count < Self.pathsShown, recordDepth == nil else { return }
        let path = ((0..<open.count).map { String(decoding: open[$0], as: UTF8.self) } + [String(decoding: bytes(name), as: UTF8.self)])
            .joined(separator: "/")
        if !pathsSeen.contains(path) { pathsSeen.append(path) }
    }

    // MARK: What is neither text nor tag

    private func passDeclaration() throws {
        if try cursor.has("<!--", at: cursor.position) {
            cursor.position += 4
            try pass("-->")
        } else if try cursor.has("<![CDATA[", at: cursor.position) {
            cursor.position += 9
            try pass("]]>")
        } else {
            cursor.position = try endOfDeclaration() ?? cursor.position + 2
        }
    }

    private func pass(_ end: StaticString) throws {
        while true {
            if let found = cursor.findHere(end, from: cursor.position, to: cursor.available) {
                cursor.position = found + end.utf8CodeUnitCount
                return
            }
            guard try passRead(keeping: end.utf8CodeUnitCount - 1) else {
                cursor.position = cursor.available
                return
            }
        }
    }

    /// The position after a declaration, past the declarations and comments that it has between brackets.
    private func endOfDeclaration() throws -> Int? {
        var at = cursor.position + 2
        let most = at + Self.declarationMost
        var quote: UInt8?
        var isInBrackets = false
        while at < most, try cursor.read(at + 1) {
            let byte = cursor.text[at]
            if byte == quote {
                quote = nil
            } else if quote == nil {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "["): isInBrackets = true
                case UInt8(ascii: "]"): isInBrackets = false
                case UInt8(ascii: ">") where !isInBrackets: return at + 1
                case UInt8(ascii: "<"):
                    if try cursor.has("<!--", at: at) {
                        at += 4
                        while at < most, try !cursor.has("-->", at: at), at < cursor.available { at += 1 }
                    }
                default: break
                }
            }
            at += 1
        }
        return nil
    }

    /// Passes an instruction, or the declaration a document begins with; one that isn't closed ends where a tag would.
    private func passInstruction() throws {
        var at = cursor.position + 2
        let most = at + Self.declarationMost
        var tagEnd: Int?
        while at < most, try cursor.read(at + 1) {
            switch cursor.text[at] {
            case UInt8(ascii: ">"):
                if cursor.text[at - 1] == UInt8(ascii: "?") {
                    cursor.position = at + 1
                    return
                }
                tagEnd = tagEnd ?? at + 1
            case UInt8(ascii: "<"):
                cursor.position = tagEnd ?? at
                return
            default: break
            }
            at += 1
        }
        cursor.position = tagEnd ?? at
    }

    // MARK: A record

    private func takeRecord(_ target: Target) throws -> FoundTree {
        cursor.moveMark()
        let (line, byteOffset) = cursor.mark
        place = RecordPlace(lineFrom: line, lineTo: line, byteOffset: byteOffset)
        recordDepth = open.count
        isHolding = true
        switch try scanner.endOfElement() {
        case .end(let end):
            finish(end)
            return target.found
        case .fault(let fault):
            return try setAside(target, fault: fault)
        }
    }

    private func finish(_ end: Int) {
        length = end
        cursor.position = end
        let lines = cursor.lineFeeds(before: end)
        place.lineTo = place.lineFrom + lines
        linesPassed = lines
    }

    /// Sets aside a record whose tags don't fit together at `fault`.
    private func setAside(_ target: Target, fault: Int) throws -> FoundTree {
        var fault = fault
        var at = 1
        while true {
            guard let tag = cursor.findHere(UInt8(ascii: "<"), from: at, to: cursor.available) else {
                at = cursor.available
                if at >= limits.treeBytes {
                    keepBeginning()
                    cursor.position = at
                    cursor.moveMark()
                    fault = max(0, fault - at)
                    at = 0
                }
                guard try cursor.read(cursor.available + 1) else { return setAsideRest() }
                continue
            }
            guard let end = try endOfFaulty(target, at: tag, isBehindFault: tag >= fault) else {
                at = tag + 1
                continue
            }
            return setAside(to: end)
        }
    }

    /// Where a faulty record ends if the tag at a position shows it.
    private func endOfFaulty(_ target: Target, at tag: Int, isBehindFault: Bool) throws -> Int? {
        guard try cursor.read(tag + 2) else { return nil }
        let position = cursor.position
        defer { cursor.position = position }
        let second = cursor.text[tag + 1]
        if second == UInt8(ascii: "/") {
            guard isBehindFault, let nameEnd = try endOfName(from: tag + 2) else { return nil }
            let name = localName(tag + 2, nameEnd)
            if target.names.last?.elementsEqual(bytes(name)) == true { return try scanner.endOfTag(from: nameEnd).end }
            return open.count > 0 && open[open.count - 1].elementsEqual(bytes(name)) ? tag : nil
        }
        guard XMLScanner.canBeginName(second), let nameEnd = try endOfName(from: tag + 1) else { return nil }
        return isAt(localName(tag + 1, nameEnd), target) ? tag : nil
    }

    private func setAside(to end: Int) -> FoundTree {
        if end >= limits.treeBytes { keepBeginning() }
        if truncated == nil {
            finish(end)
            trim()
            return .setAside(.badRecord)
        }
        let lines = cursor.lineFeeds(before: end)
        place.lineTo = cursor.mark.line + lines
        cursor.position = end
        linesPassed = lines
        return .setAside(.rowTooLong)
    }

    private func setAsideRest() -> FoundTree {
        open.removeAll(from: 0)
        return setAside(to: cursor.available)
    }

    private func trim() {
        while length > 1, XMLScanner.isBlank(cursor.text[length - 1]) { length -= 1 }
        place.lineTo = place.lineFrom + cursor.lineFeeds(before: length)
    }

    private func keepBeginning() {
        if truncated == nil { truncated = cursor.beginning(most: min(limits.treeBytes, limits.keptRawBytes)) }
    }
}

/// The names of elements that are open, outermost first.
private struct OpenElements {
    private var names: [UInt8] = []
    private var starts: [Int] = []

    var count: Int { starts.count }

    subscript(place: Int) -> ArraySlice<UInt8> {
        names[starts[place]..<(place + 1 < starts.count ? starts[place + 1] : names.count)]
    }

    mutating func push(_ name: UnsafeBufferPointer<UInt8>) {
        starts.append(names.count)
        names += name
    }

    func lastIndex(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        starts.indices.last { self[$0].elementsEqual(name) }
    }

    mutating func removeAll(from place: Int) {
        guard place < count else { return }
        names.removeLast(names.count - starts[place])
        starts.removeLast(starts.count - place)
    }
}
