/// A record that crosses between host and scripts: its name, and its fields in the order in which they are written.
public struct RecordShape: Sendable {
    /// One field of a record.
    public struct Field: Sendable {
        public let name: String
        public let type: FieldType
        /// It may be nil, so a script has to reckon with that.
        public let isOptional: Bool
        /// What it is, with an example where that says more.
        public let doc: String

        init(_ name: String, _ type: FieldType, _ doc: String) {
            self.init(name, type, isOptional: false, doc)
        }

        private init(_ name: String, _ type: FieldType, isOptional: Bool, _ doc: String) {
            self.name = name
            self.type = type
            self.isOptional = isOptional
            self.doc = doc
        }

        /// A field that may be nil.
        static func maybe(_ name: String, _ type: FieldType, _ doc: String) -> Field {
            Field(name, type, isOptional: true, doc)
        }
    }

    public let name: String
    public let doc: String
    public let fields: [Field]

    init(_ name: String, _ doc: String, _ fields: [Field]) {
        self.name = name
        self.doc = doc
        self.fields = fields
    }

    public subscript(field: String) -> Field? { fields.first { $0.name == field } }

    /// In the order of writing.
    public var fieldNames: [String] { fields.map(\.name) }

    var sortedNames: [String] { fieldNames.sorted() }
}
