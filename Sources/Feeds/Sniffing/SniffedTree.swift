/// All names of a document's tree, each once however often it is met, with what stands there.
struct SniffedTree {
    struct Node {
        let name: String
        let parent: Int
        /// Ways to it that pass no list have 0.
        var children: [String: Int] = [:]
        var order: [Int] = []
        /// How often it was met.
        var count = 0
        var profile = ColumnProfile()
        /// XML: it was met twice in one element.
        var repeats = false
        /// JSON: it was an object.
        var isObject = false
    }

    /// The name of a list's items in JSON.
    static let item = "[]"
    private static let nodesMost = 4_000

    private(set) var nodes = [Node(name: "", parent: -1)]
    private(set) var hasMore = false

    /// The place of a part by its name, which is made when it is new; nil when there are too many names.
    mutating func child(_ parent: Int, _ name: String) -> Int? {
        if let known = nodes[parent].children[name] { return known }
        guard nodes.count < Self.nodesMost else {
            hasMore = true
            return nil
        }
        nodes.append(Node(name: name, parent: parent))
        nodes[parent].children[name] = nodes.count - 1
        nodes[parent].order.append(nodes.count - 1)
        return nodes.count - 1
    }

    mutating func meet(_ node: Int) { nodes[node].count += 1 }
    mutating func markObject(_ node: Int) { nodes[node].isObject = true }
    mutating func markRepeated(_ node: Int) { nodes[node].repeats = true }
    mutating func add(_ value: [UInt8], isNumber: Bool = false, to node: Int) { nodes[node].profile.add(value, isNumber: isNumber) }
}

/// Reads JSON text as far as it is well-formed.
struct JSONWalk {
    private let text: [UInt8]
    private let end: Int
    private(set) var position: Int
    private static let depthMost = 60

    init(_ text: [UInt8], from start: Int = 0, to end: Int? = nil) {
        self.text = text
        self.end = end ?? text.count
        position = start
    }

    /// True when a whole value was read.
    mutating func value(into tree: inout SniffedTree, at node: Int?, depth: Int = 0) -> Bool {
        skipBlanks()
        guard position < end, depth < Self.depthMost else { return false }
        if let node { tree.meet(node) }
        switch text[position] {
        case UInt8(ascii: "{"):
            if let node { tree.markObject(node) }
            return members(into: &tree, at: node, depth: depth)
        case UInt8(ascii: "["): return items(into: &tree, at: node, depth: depth)
        case UInt8(ascii: "\""):
            guard let found = string() else { return false }
            if let node { tree.add(found, to: node) }
            return true
        default:
            let start = position
            while position < end, !",]} \t\r\n".utf8.contains(text[position]) { position += 1 }
            let word = Array(text[start..<min(position, start + 40)])
            let isNumber = ValueLook.digits(word) > 0 && ValueLook.letters(word) <= 1
            guard isNumber || ["true", "false", "null"].contains(ColumnProfile.text(word)) else { return false }
            if let node, word != Array("null".utf8) { tree.add(word, isNumber: isNumber, to: node) }
            return true
        }
    }

    mutating func skipBlanks() {
        while position < end, text[position] <= 0x20 || text[position] == 0xEF || text[position] == 0xBB || text[position] == 0xBF { position += 1 }
    }

    private mutating func members(into tree: inout SniffedTree, at node: Int?, depth: Int) -> Bool {
        position += 1
        skipBlanks()
        if take("}") { return true }
        while true {
            skipBlanks()
            guard position < end, text[position] == UInt8(ascii: "\""), let name = string() else { return false }
            skipBlanks()
            guard take(":") else { return false }
            let child = node.flatMap { tree.child($0, ColumnProfile.text(Array(name.prefix(120)))) }
            guard value(into: &tree, at: child, depth: depth + 1) else { return false }
            skipBlanks()
            if take("}") { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func items(into tree: inout SniffedTree, at node: Int?, depth: Int) -> Bool {
        position += 1
        let child = node.flatMap { tree.child($0, SniffedTree.item) }
        skipBlanks()
        if take("]") { return true }
        while true {
            guard value(into: &tree, at: child, depth: depth + 1) else { return false }
            skipBlanks()
            if take("]") { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard position < end, text[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    /// The text between two quotes; escapes as the simplest reader would have them.
    private mutating func string() -> [UInt8]? {
        var found: [UInt8] = []
        position += 1
        while position < end {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return found }
            guard byte == UInt8(ascii: "\\"), position < end else {
                found.append(byte)
                continue
            }
            let escaped = text[position]
            position += 1
            switch escaped {
            case UInt8(ascii: "n"): found.append(0x0A)
            case UInt8(ascii: "t"): found.append(0x09)
            case UInt8(ascii: "r"): found.append(0x0D)
            case UInt8(ascii: "u"):
                guard position + 4 <= end else { return nil }
                if let code = UInt32(ColumnProfile.text(Array(text[position..<position + 4])), radix: 16), let scalar = Unicode.Scalar(code) {
                    found += Array(String(Character(scalar)).utf8)
                }
                position += 4
            default: found.append(escaped)
            }
        }
        return nil
    }
}

/// Reads XML text tag by tag, whatever is wrong with it.
struct XMLWalk {
    private struct Open {
        let name: String
        let node: Int?
        var met: Set<Int> = []
        var text: [UInt8] = []
        var hasElements = false
    }

    private let text: [UInt8]
    private(set) var prolog: String?
    private(set) var mismatches = 0
    /// True when all that was opened was closed.
    private(set) var isClosed = false
    private static let depthMost = 100
    private static let textMost = 2_000

    init(_ text: [UInt8]) { self.text = text }

    mutating func walk(into tree: inout SniffedTree) {
        var open = [Open(name: "", node: 0)]
        var position = 0
        while position < text.count {
            guard text[position] == UInt8(ascii: "<") else {
                let start = position
                while position < text.count, text[position] != UInt8(ascii: "<") { position += 1 }
                let room = Self.textMost - open[open.count - 1].text.count
                if room > 0 { open[open.count - 1].text += Self.unescaped(text[start..<min(position, start + room)]) }
                continue
            }
            if starts("<!--", position) { position = after("-->", position + 4) } else if starts("<![CDATA[", position) {
                let end = after("]]>", position + 9)
                open[open.count - 1].text += text[position + 9..<max(position + 9, min(end - 3, position + 9 + Self.textMost))]
                position = end
            } else if starts("<?", position) {
                let end = after("?>", position + 2)
                if prolog == nil { prolog = ColumnProfile.text(Array(text[position..<min(end, position + 80)])) }
                position = end
            } else if starts("<!", position) {
                position = after(">", position + 2)
            } else {
                position = tag(position, &open, &tree)
            }
        }
        isClosed = open.count == 1
    }

    private func starts(_ mark: StaticString, _ position: Int) -> Bool {
        mark.withUTF8Buffer { bytes in position + bytes.count <= text.count && (0..<bytes.count).allSatisfy { text[position + $0] == bytes[$0] } }
    }

    private func after(_ mark: StaticString, _ position: Int) -> Int {
        var at = position
        while at < text.count {
            if starts(mark, at) { return at + mark.utf8CodeUnitCount }
            at += 1
        }
        return text.count
    }

    private mutating func tag(_ start: Int, _ open: inout [Open], _ tree: inout SniffedTree) -> Int {
        var end = start + 1
        var quote: UInt8?
        while end < text.count, quote != nil || text[end] != UInt8(ascii: ">") {
            if let closing = quote { if text[end] == closing { quote = nil } } else if text[end] == UInt8(ascii: "\"") || text[end] == UInt8(ascii: "'") { quote = text[end] }
            // A quote that nothing closes doesn't swallow the file.
            if end - start > 16 << 10 { return start + 1 }
            end += 1
        }
        let inside = text[start + 1..<end]
        if inside.first == UInt8(ascii: "/") {
            close(Self.localName(inside.dropFirst()), &open, &tree)
            return end + 1
        }
        let isEmpty = inside.last == UInt8(ascii: "/")
        let name = Self.localName(inside)
        guard !name.isEmpty, open.count < Self.depthMost else { return end + 1 }
        let parent = open[open.count - 1].node
        let node = parent.flatMap { tree.child($0, name) }
        open[open.count - 1].hasElements = true
        if let node {
            tree.meet(node)
            if !open[open.count - 1].met.insert(node).inserted { tree.markRepeated(node) }
            attributes(isEmpty ? inside.dropLast() : inside, node, &tree)
        }
        open.append(Open(name: name, node: node))
        if isEmpty { close(name, &open, &tree) }
        return end + 1
    }

    private mutating func close(_ name: String, _ open: inout [Open], _ tree: inout SniffedTree) {
        guard let place = open.lastIndex(where: { $0.name == name }), place > 0 else {
            mismatches += 1
            return
        }
        if place < open.count - 1 { mismatches += 1 }
        while open.count > place {
            let closed = open.removeLast()
            if let node = closed.node, !closed.hasElements || closed.text.contains(where: { $0 > 0x20 }) { tree.add(closed.text, to: node) }
        }
    }

    private static func localName(_ inside: ArraySlice<UInt8>) -> String {
        let name = inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        return ColumnProfile.text(Array((name.split(separator: UInt8(ascii: ":")).last ?? name).prefix(120)))
    }

    private func attributes(_ inside: ArraySlice<UInt8>, _ node: Int, _ tree: inout SniffedTree) {
        var rest = inside.drop { $0 > 0x20 }
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = Array(rest[rest.startIndex..<equals].filter { $0 > 0x20 })
            rest = rest[(equals + 1)...].drop { $0 <= 0x20 }
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), let end = rest.dropFirst().firstIndex(of: quote) else { return }
            let value = rest[(rest.startIndex + 1)..<end]
            rest = rest[(end + 1)...]
            let isNamespace = name.starts(with: "xmlns".utf8)
            guard !name.isEmpty, name.count < 120, !isNamespace else { continue }
            let local = ColumnProfile.text(Array(name.split(separator: UInt8(ascii: ":")).last ?? name[...]))
            guard let child = tree.child(node, "@" + local) else { continue }
            tree.meet(child)
            tree.add(Self.unescaped(value), to: child)
        }
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        return Array(
            ColumnProfile.text(Array(text)).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&apos;", with: "'").replacing("&amp;", with: "&").utf8)
    }
}
