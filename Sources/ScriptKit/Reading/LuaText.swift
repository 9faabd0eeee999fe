/// What a string literal says, and where each of its bytes is written.
struct LuaText: Sendable, Equatable {
    private(set) var value: [UInt8] = []
    /// The source's byte at which each byte of the value begins.
    private(set) var origins: [Int] = []
    /// The source's byte behind the last one.
    private(set) var end = 0

    var string: String { String(decoding: value, as: UTF8.self) }

    /// - Parameter range: a string token of the source.
    init(_ source: LuaSource, _ range: Range<Int>) {
        if source.bytes[range.lowerBound] == UInt8(ascii: "[") { readLong(source.bytes, range) } else { readQuoted(source.bytes, range) }
    }

    /// Two literals that are written one behind the other.
    init(_ left: LuaText, _ right: LuaText) {
        value = left.value + right.value
        origins = left.origins + right.origins
        end = right.end
    }

    /// Where part of the value is written.
    func range(_ part: Range<Int>) -> Range<Int> {
        let start = part.lowerBound < origins.count ? origins[part.lowerBound] : end
        let stop = part.upperBound < origins.count ? origins[part.upperBound] : end
        // The part may end in one literal, and what follows be in the next.
        let last = part.isEmpty ? start : origins[part.upperBound - 1] + 1
        return start..<max(start, stop - last > 1 ? last : stop)
    }

    private mutating func readQuoted(_ bytes: [UInt8], _ range: Range<Int>) {
        var at = range.lowerBound + 1
        end = range.upperBound - 1
        while at < end {
            if bytes[at] == UInt8(ascii: "\\"), let (escaped, length) = LuaEscape.read(bytes, at: at) {
                for byte in escaped { append(byte, at) }
                at += length
            } else {
                append(bytes[at], at)
                at += 1
            }
        }
    }

    private mutating func readLong(_ bytes: [UInt8], _ range: Range<Int>) {
        var fence = 1
        while bytes[range.lowerBound + fence] == UInt8(ascii: "=") { fence += 1 }
        var at = range.lowerBound + fence + 1
        end = range.upperBound - fence - 1
        if at < end, LuaSource.isNewline(bytes[at]) { at += LuaSource.newlineLength(bytes, at: at) }
        while at < end {
            append(LuaSource.isNewline(bytes[at]) ? 10 : bytes[at], at)
            at += LuaSource.newlineLength(bytes, at: at)
        }
    }

    private mutating func append(_ byte: UInt8, _ origin: Int) {
        value.append(byte)
        origins.append(origin)
    }
}
