/// A value in a Lua text, or what is assigned to.
struct LuaExpression: Sendable {
    struct ID: Hashable, Sendable { let index: Int }

    /// A name behind a dot or colon, or the key of a table's field.
    struct Name: Sendable, Equatable {
        let text: String
        let range: Range<Int>
    }

    enum Binding: Sendable, Equatable {
        case local(LuaLocal.ID)
        case global
    }

    enum TableField: Sendable {
        case element(ID)
        case named(Name, ID)
        case keyed(ID, ID)
    }

    enum Kind: Sendable {
        case `nil`, `true`, `false`, vararg, number, string
        case function(LuaFunction.ID)
        case name(String, Binding)
        case field(of: ID, Name)
        case index(of: ID, ID)
        case call(ID, [ID])
        case method(of: ID, Name, [ID])
        case table([TableField])
        case unary(LuaOperator.Unary, ID)
        /// With the place of the sign or word between the operands.
        case binary(LuaOperator.Binary, ID, ID, sign: Range<Int>)
        case parens(ID)
    }

    let kind: Kind
    /// In bytes.
    let range: Range<Int>
    /// The function that it stands in.
    let function: LuaFunction.ID

    /// The expressions that it is made of, in the order of the text; a function's body is none of them.
    var parts: [ID] {
        switch kind {
        case .nil, .true, .false, .vararg, .number, .string, .function, .name: []
        case .field(let object, _): [object]
        case .index(let object, let key): [object, key]
        case .call(let callee, let arguments): [callee] + arguments
        case .method(let object, _, let arguments): [object] + arguments
        case .table(let fields):
            fields.flatMap { field in
                switch field {
                case .element(let value), .named(_, let value): [value]
                case .keyed(let key, let value): [key, value]
                }
            }
        case .unary(_, let operand): [operand]
        case .binary(_, let left, let right, _): [left, right]
        case .parens(let inside): [inside]
        }
    }

    /// It may be assigned to.
    var isVariable: Bool {
        switch kind {
        case .name, .field, .index: true
        case .nil, .true, .false, .vararg, .number, .string, .function, .call, .method, .table, .unary, .binary, .parens: false
        }
    }

    /// It may stand alone as a statement, and gives any number of values.
    var isCall: Bool {
        switch kind {
        case .call, .method: true
        case .nil, .true, .false, .vararg, .number, .string, .function, .name, .field, .index, .table, .unary, .binary, .parens: false
        }
    }
}
