/// The first thing that keeps a text from being Lua. The sandbox words such errors for users; this one only tells where.
struct LuaSyntaxError: Error, Equatable, CustomStringConvertible {
    let place: LuaPlace
    let reason: String

    var description: String { "\(place.line):\(place.column): \(reason)" }
}
