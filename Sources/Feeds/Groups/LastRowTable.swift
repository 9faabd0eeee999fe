/// Remembers, for each key of the first reading, the last row it occurs in: twelve bytes a slot.
///
/// A key is known by 64 bits of its hash. With 32 there would be nine pairs of keys with equal ones among 270,000, and each
/// would hold a group back, and all after it, until the row where the other ends. If two keys do share theirs, they share the
/// later of their last rows too; the second reading compares the keys themselves.
struct LastRowTable {
    private var tags: [UInt64]
    /// Row number plus one; 0 in an empty slot.
    private var rows: [UInt32]
    private var used = 0

    static let mostRows = Int(UInt32.max) - 1

    init() {
        tags = Array(repeating: 0, count: 1_024)
        rows = Array(repeating: 0, count: 1_024)
    }

    mutating func note(tag: UInt64, row: Int) {
        if used * 10 > tags.count * 7 { grow() }
        let slot = Self.slot(for: tag, tags: tags, rows: rows)
        if rows[slot] == 0 {
            used += 1
            tags[slot] = tag
        }
        rows[slot] = UInt32(row) + 1
    }

    /// Returns one bit a row, set where a key occurs for the last time.
    func lastRows(of rowCount: Int) -> RowSet {
        var rows = RowSet(count: rowCount)
        for row in self.rows where row != 0 { rows.insert(Int(row) - 1) }
        return rows
    }

    private mutating func grow() {
        var newTags = [UInt64](repeating: 0, count: tags.count * 2)
        var newRows = [UInt32](repeating: 0, count: tags.count * 2)
        for (tag, row) in zip(tags, rows) where row != 0 {
            let slot = Self.slot(for: tag, tags: newTags, rows: newRows)
            newTags[slot] = tag
            newRows[slot] = row
        }
        tags = newTags
        rows = newRows
    }

    /// Returns the slot that has this tag, or else the empty one where it belongs.
    private static func slot(for tag: UInt64, tags: [UInt64], rows: [UInt32]) -> Int {
        let mask = tags.count - 1
        var slot = Int(truncatingIfNeeded: tag) & mask
        while rows[slot] != 0 && tags[slot] != tag { slot = (slot + 1) & mask }
        return slot
    }

    static func tag(of key: UnsafeBufferPointer<UInt8>) -> UInt64 {
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
        return hash ^ hash >> 29
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
