/// Remembers, for each key of the first reading, the last row it occurs in: eight bytes a key.
///
/// A key is known by 32 bits of its hash only. Two keys that share them share the later of their last rows, and so wait a
/// little longer; the second reading compares the keys themselves.
struct LastRowTable {
    private var slots: [UInt64]
    private var used = 0

    static let mostRows = Int(UInt32.max) - 1

    init() {
        slots = Array(repeating: 0, count: 1_024)
    }

    mutating func note(tag: UInt32, row: Int) {
        if used * 10 > slots.count * 7 { grow() }
        let mask = slots.count - 1
        var slot = Int(tag) & mask
        while slots[slot] != 0 && UInt32(truncatingIfNeeded: slots[slot] >> 32) != tag { slot = (slot + 1) & mask }
        if slots[slot] == 0 { used += 1 }
        slots[slot] = UInt64(tag) << 32 | UInt64(UInt32(row) + 1)
    }

    /// Returns one bit a row, set where a key occurs for the last time.
    func lastRows(of rowCount: Int) -> RowSet {
        var rows = RowSet(count: rowCount)
        for slot in slots where slot != 0 { rows.insert(Int(UInt32(truncatingIfNeeded: slot)) - 1) }
        return rows
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = Int(UInt32(truncatingIfNeeded: entry >> 32)) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    static func tag(of key: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(key.count)
        let raw = UnsafeRawBufferPointer(key)
        var i = 0
        while i < raw.count {
            var word: UInt64 = 0
            if i + 8 <= raw.count {
                word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            } else {
                for k in i..<raw.count { word = word << 8 | UInt64(raw[k]) }
            }
            let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
            i += 8
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}

/// A set of row numbers, one bit each.
struct RowSet {
    private var words: [UInt64]
    let count: Int

    init(count: Int) {
        self.count = count
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ row: Int) {
        words[row >> 6] |= 1 << UInt64(row & 63)
    }

    func contains(_ row: Int) -> Bool {
        words[row >> 6] >> UInt64(row & 63) & 1 == 1
    }
}
