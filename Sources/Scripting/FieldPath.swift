/// Where a value lies in a table that a script returned: "declined[2].condition".
///
/// Its words are made when something is wrong, which is seldom; every field of every record has a path.
public struct FieldPath: Sendable, CustomStringConvertible {
    /// The table that was returned.
    public static let whole = FieldPath()

    private var outerField = ""
    /// From 1; 0 when the field is no list.
    private var outerPlace = 0
    private var innerField = ""
    private var innerPlace = 0
    /// What lies deeper, as in "declined[1].condition.measure"; made for a message alone.
    private var rest = ""

    var isWhole: Bool { outerField.isEmpty }

    public func field(_ name: String) -> FieldPath {
        var path = self
        if isWhole {
            path.outerField = name
        } else if innerField.isEmpty {
            path.innerField = name
        } else {
            path.rest += ".\(name)"
        }
        return path
    }

    /// - Parameter place: from 1, as Lua counts.
    public func element(_ place: Int) -> FieldPath {
        var path = self
        if innerField.isEmpty {
            path.outerPlace = place
        } else if rest.isEmpty {
            path.innerPlace = place
        } else {
            path.rest += "[\(place)]"
        }
        return path
    }

    public var description: String {
        let outer = Self.words(outerField, outerPlace)
        return innerField.isEmpty ? outer : outer + "." + Self.words(innerField, innerPlace) + rest
    }

    private static func words(_ field: String, _ place: Int) -> String {
        place == 0 ? field : "\(field)[\(place)]"
    }
}
