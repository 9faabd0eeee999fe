/// One step of the schema: plain SQL, numbered from 1 without a gap, never changed once released.
struct Migration: Sendable {
    let number: Int
    let sql: String

    /// Every step in order. A new one goes at the end.
    static let all: [Migration] = [.imports, .followUp, .replay, .hookRecords, .delivery]
}
