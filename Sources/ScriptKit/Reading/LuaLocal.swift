/// A local variable: of a `local`, a parameter or a loop's.
struct LuaLocal: Sendable {
    struct ID: Hashable, Sendable { let index: Int }

    enum Attribute: String, Sendable { case const, close }

    enum Role: Sendable { case variable, function, parameter, loop }

    let name: String
    /// Where it is declared, in bytes.
    let range: Range<Int>
    let role: Role
    var attribute: Attribute?
    let function: LuaFunction.ID
    /// Where the name means this variable, in bytes.
    var scope: Range<Int>
    var readCount = 0
    /// Assignments after the declaration.
    var writeCount = 0
}
