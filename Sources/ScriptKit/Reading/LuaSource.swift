/// The text of one Lua file as bytes, and where its lines begin.
struct LuaSource: Sendable {
    let bytes: [UInt8]
    /// The first byte of each line.
    private let lineStarts: [Int]
    /// The characters before each stride of bytes, so that a place in a long line is found as fast as one in a short.
    private let charactersBefore: [Int]
    private static let stride = 256

    init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0], at = 0
        while at < bytes.count {
            at += Self.newlineLength(bytes, at: at)
            if at > 0, Self.isNewline(bytes[at - 1]), starts.last != at { starts.append(at) }
        }
        lineStarts = starts
        var counts: [Int] = [], count = 0
        for (index, byte) in bytes.enumerated() {
            if index % Self.stride == 0 { counts.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        charactersBefore = counts + [count]
    }

    /// The line and column of a byte. A column is a character (a Unicode scalar); a tab is one.
    func place(at offset: Int) -> LuaPlace {
        let line = lineStarts.partitioningIndex { $0 > offset } - 1
        return LuaPlace(line: line + 1, column: length(lineStarts[line]..<max(lineStarts[line], offset)) + 1)
    }

    /// How many characters lie in the range.
    func length(_ range: Range<Int>) -> Int {
        let range = range.clamped(to: 0..<bytes.count)
        return characters(before: range.upperBound) - characters(before: range.lowerBound)
    }

    private func characters(before offset: Int) -> Int {
        let start = offset / Self.stride * Self.stride
        return (start..<offset).reduce(charactersBefore[offset / Self.stride]) { $0 + (bytes[$1] & 0xC0 == 0x80 ? 0 : 1) }
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// 1 for any byte but a line's end of two bytes: "\r\n" and "\n\r" are one.
    static func newlineLength(_ bytes: [UInt8], at: Int) -> Int {
        guard isNewline(bytes[at]), at + 1 < bytes.count, isNewline(bytes[at + 1]), bytes[at + 1] != bytes[at] else { return 1 }
        return 2
    }

    static func isNewline(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}

extension [Int] {
    /// The first index whose element passes, when all that pass come last.
    fileprivate func partitioningIndex(_ passes: (Int) -> Bool) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if passes(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
