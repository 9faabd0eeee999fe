internal import Feeds
internal import Lua

extension ValueEncoder {
    /// Writes a parsed record as a script gets it. `onName` is told of each named part, by its place, how its name was written.
    mutating func tree(_ tree: RecordTree, part: Int = 0, onName: (Int, Part) -> Void = { _, _ in }) -> Part {
        switch tree.kind(part) {
        case .null: return .none
        case .false: return bool(false)
        case .true: return bool(true)
        case .integer: return int(Int(tree.integer(part)))
        case .double: return double(tree.double(part))
        case .text, .attribute: return string(tree.text(part))
        case .list:
            let whole = begin()
            var child = part + 1
            while child < tree.end(part) {
                add(self.tree(tree, part: child, onName: onName))
                child = tree.end(child)
            }
            return endList(whole)
        case .object:
            let whole = begin()
            var child = part + 1
            while child < tree.end(part) {
                let name = string(tree.name(child))
                onName(child, name)
                add(name)
                add(self.tree(tree, part: child, onName: onName))
                child = tree.end(child)
            }
            return endObject(whole)
        case .element: return element(tree, part: part, onName: onName)
        }
    }

    private mutating func element(_ tree: RecordTree, part: Int, onName: (Int, Part) -> Void) -> Part {
        let name = string(tree.name(part))
        onName(part, name)
        let text = tree.text(part)
        let ownText = text.isEmpty ? .none : string(text)
        let whole = begin()
        var attributes = 0
        var child = part + 1
        while child < tree.end(part) {
            if tree.kind(child) == .attribute {
                attributes += 1
                let name = string(tree.name(child))
                onName(child, name)
                add(name)
            }
            add(self.tree(tree, part: child, onName: onName))
            child = tree.end(child)
        }
        return endElement(whole, name: name, text: ownText, attributes: attributes)
    }
}
