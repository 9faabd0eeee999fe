/// The name and the fields of a record that scripts are given. Reading any other field is an error in the script.
public struct RecordType: Sendable, Equatable {
    public let name: String
    public let fields: [String]
    /// A row's cells are read by column name or by place, and one that is missing reads as "".
    public let isRow: Bool
    /// What a row of this type has under `record`, when there are rows of several kinds.
    public let kind: String?

    public init(name: String, fields: [String], isRow: Bool = false, kind: String? = nil) {
        self.name = name
        self.fields = fields
        self.isRow = isRow
        self.kind = kind
    }
}
