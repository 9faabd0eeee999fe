public import Foundation
public import Lua

/// What `.save-test` keeps: a touch, an expression on it, and what it gave.
public struct SavedTest: Sendable {
    /// The rooftop's.
    public let folder: URL
    public let title: String
    public let touch: Value
    /// Lua, as it was typed.
    public let expression: String
    /// The value as Lua writes it.
    public let shown: String
}
