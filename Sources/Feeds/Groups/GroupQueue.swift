/// Holds the groups whose rows are still coming, and hands them out whole and in the order of their first rows.
final class GroupQueue {
    private var waiting: [FeedGroup] = []
    private var first = 0
    private var open: [UInt64: FeedGroup] = [:]
    private var spare: [FeedGroup] = []
    private(set) var heldBytes = 0
    private let encoding: TextEncoding

    private static let mostSpare = 64

    init(encoding: TextEncoding) {
        self.encoding = encoding
    }

    var isEmpty: Bool { first == waiting.count }

    /// Returns the group with this key, a new one when its first row has just come.
    func group(for key: UnsafeBufferPointer<UInt8>, tag: UInt64) -> FeedGroup {
        var candidate = open[tag]
        while let group = candidate {
            if group.hasKey(key) { return group }
            candidate = group.nextWithTag
        }
        let group = begin(key: key)
        group.nextWithTag = open[tag]
        open[tag] = group
        return group
    }

    /// Adds a group that nothing else will be added to under its key.
    func begin(key: UnsafeBufferPointer<UInt8>) -> FeedGroup {
        let group = spare.popLast() ?? FeedGroup(encoding: encoding)
        group.begin(key: key)
        waiting.append(group)
        heldBytes += group.heldBytes
        return group
    }

    /// Counts what one more row added to a waiting group.
    func hold(_ bytes: Int) {
        heldBytes += bytes
    }

    /// Marks all groups with this tag as whole.
    func complete(tag: UInt64) {
        var group = open.removeValue(forKey: tag)
        while let current = group {
            group = current.nextWithTag
            current.nextWithTag = nil
            current.isComplete = true
        }
    }

    /// Takes out the oldest group if it is whole.
    func popComplete() -> FeedGroup? {
        guard first < waiting.count, waiting[first].isComplete else { return nil }
        let group = waiting[first]
        first += 1
        if first == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 1_024 && first * 2 >= waiting.count {
            waiting.removeFirst(first)
            first = 0
        }
        heldBytes -= group.heldBytes
        return group
    }

    /// Takes a group back once the one it was handed to has let go of it.
    func recycle(_ group: FeedGroup) {
        if spare.count < Self.mostSpare && !group.isLarge { spare.append(group) }
    }
}
