/// A place in a file, counted from 1.
struct LuaPlace: Sendable, Equatable {
    let line: Int
    /// In characters; a tab is one.
    let column: Int
}
