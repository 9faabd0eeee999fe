/// What a file of ours is: its mark in the header, and the steps to its newest schema.
struct FileSchema: Sendable {
    /// "RVST".
    static let ledger = FileSchema(applicationID: 0x5256_5354, migrations: Migration.all)

    let applicationID: Int
    let migrations: [Migration]
}
