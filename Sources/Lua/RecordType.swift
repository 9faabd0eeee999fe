/// The name and the fields of a record that scripts are given. Reading any other field is an error in the script.
public struct RecordType: Sendable, Equatable {
    public let name: String
    public let fields: [String]
    /// A row's cells are read by column name or by place, and one that is missing reads as "".
    public let isRow: Bool

    public init(name: String, fields: [String], isRow: Bool = false) {
        self.name = name
        self.fields = fields
        self.isRow = isRow
    }
}
