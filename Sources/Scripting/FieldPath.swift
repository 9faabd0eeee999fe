/// Where a value lies in a table that a script returned: "declined[2].condition".
///
/// Its words are made when something is wrong, which is seldom; every field of every record has a path.
struct FieldPath: CustomStringConvertible {
    /// The table that was returned.
    static let whole = FieldPath(steps: (nil, nil, nil, nil))

    private enum Step {
        case field(String)
        case element(Int)
    }

    /// Four are enough: a field of a record in a list of the whole. Kept in place, without memory of their own.
    private let steps: (Step?, Step?, Step?, Step?)

    var isWhole: Bool { steps.0 == nil }

    func field(_ name: String) -> FieldPath { adding(.field(name)) }

    /// - Parameter place: from 1, as Lua counts.
    func element(_ place: Int) -> FieldPath { adding(.element(place)) }

    private func adding(_ step: Step) -> FieldPath {
        if steps.0 == nil { return FieldPath(steps: (step, nil, nil, nil)) }
        if steps.1 == nil { return FieldPath(steps: (steps.0, step, nil, nil)) }
        if steps.2 == nil { return FieldPath(steps: (steps.0, steps.1, step, nil)) }
        return FieldPath(steps: (steps.0, steps.1, steps.2, step))
    }

    var description: String {
        var text = ""
        for case let step? in [steps.0, steps.1, steps.2, steps.3] {
            switch step {
            case .field(let name): text += text.isEmpty ? name : ".\(name)"
            case .element(let place): text += "[\(place)]"
            }
        }
        return text
    }
}
