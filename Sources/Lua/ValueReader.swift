internal import LuaShim

/// Walks a result's bytes once, in order, without a `Value` for each part.
///
/// It is of use only inside the closure that is given one. A list or map that was begun is read or skipped to its end:
/// ```
/// var count = reader.beginMap() ?? 0
/// while count > 0 {
///     if reader.key(is: "ro_number") { number = reader.value().string } else { reader.skip() }
///     count -= 1
/// }
/// ```
public struct ValueReader: ~Copyable {
    /// What comes next.
    public enum Kind: Sendable {
        case null, bool, int, double, string, list, map, empty
    }

    private var decoder: ValueDecoder

    init(_ bytes: UnsafeRawBufferPointer) {
        decoder = ValueDecoder(bytes: bytes)
    }

    public var kind: Kind {
        guard decoder.offset < decoder.bytes.count else { return .null }
        return switch Int(decoder.bytes[decoder.offset]) {
        case RV_FALSE, RV_TRUE: .bool
        case RV_INTEGER: .int
        case RV_DOUBLE: .double
        case RV_STRING: .string
        case RV_LIST: .list
        case RV_MAP: .map
        case RV_EMPTY: .empty
        default: .null
        }
    }

    /// Reads what comes next, whole.
    public mutating func value() -> Value {
        decoder.offset < decoder.bytes.count ? decoder.next() : .null
    }

    /// Passes over what comes next, whole.
    public mutating func skip() {
        switch kind {
        case .null, .bool, .empty: decoder.offset += 1
        case .int, .double: decoder.offset += 9
        case .string: _ = utf8 { _ in }
        case .list: for _ in 0..<(beginList() ?? 0) { skip() }
        case .map:
            for _ in 0..<(beginMap() ?? 0) {
                skip()
                skip()
            }
        }
    }

    /// The number of values that follow; 0 for an empty table, nil when what comes next is no list.
    public mutating func beginList() -> Int? { begin(RV_LIST) }

    /// The number of keys and values that follow; 0 for an empty table, nil when what comes next is no map.
    public mutating func beginMap() -> Int? { begin(RV_MAP) }

    /// The bytes of the text that comes next, which is passed; nil, and nothing is passed, when it is no text.
    public mutating func utf8<Read>(_ body: (UnsafeRawBufferPointer) throws -> Read) rethrows -> Read? {
        guard kind == .string else { return nil }
        decoder.offset += 1
        return try body(decoder.take())
    }

    /// Whether a map's next key is this one. If so it is passed.
    public mutating func key(is name: StaticString) -> Bool {
        guard kind == .string else { return false }
        let start = decoder.offset
        decoder.offset += 1
        let text = decoder.take()
        let same = text.count == name.utf8CodeUnitCount && text.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: text.count))
        if !same { decoder.offset = start }
        return same
    }

    private mutating func begin(_ tag: Int) -> Int? {
        guard decoder.offset < decoder.bytes.count else { return nil }
        let next = Int(decoder.bytes[decoder.offset])
        guard next == tag || next == RV_EMPTY else { return nil }
        decoder.offset += 1
        return next == RV_EMPTY ? 0 : decoder.count()
    }
}
