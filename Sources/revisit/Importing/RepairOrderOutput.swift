internal import FollowUp
internal import Scripting

/// Prints repair orders as one JSON array, a line each, in pieces of bounded size.
struct RepairOrderOutput {
    private static let pieceBytes = 1 << 16

    private(set) var count = 0
    private var json = CanonicalJSON()

    mutating func write(_ order: RepairOrder) {
        json.literal(count == 0 ? "[\n " : ",\n ")
        json.write(order)
        count += 1
        if json.bytes.count > Self.pieceBytes { flush() }
    }

    mutating func finish() {
        json.literal(count == 0 ? "[]\n" : "\n]\n")
        flush()
    }

    private mutating func flush() {
        Console.result(json.bytes)
        json.removeAll()
    }
}
