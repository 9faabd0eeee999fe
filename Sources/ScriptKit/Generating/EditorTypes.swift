internal import Scripting

/// The types of touches and of what scripts return, for editors with the Lua language server: `stdlib/types/revisit.lua`.
public struct EditorTypes {
    public init() {}

    public var text: String {
        var lines = [
            "---@meta", "-- Types for editors, made from the hook catalogue by `revisit generate`; don't change it by hand.", "",
        ]
        for shape in HookCatalogue.inputs + HookCatalogue.outputs {
            lines += ["---\(shape.doc)", "---@class \(Self.name(shape.name))"]
            lines += shape.fields.map { "---@field \($0.name)\($0.isOptional ? "?" : "") \(Self.type($0.type)) # \($0.doc)" }
            lines.append("")
        }
        lines += [
            "---One raw row of an export: a cell by the name of its column, or by its place.", "---@class Row", "---@field [string|integer] string", "",
        ]
        for file in ["mapping", "channel", "message"] {
            lines.append("---@class \(Self.name(file))File")
            for hook in HookCatalogue.hooks where hook.file == file {
                let parameters = hook.parameters.map { "\($0.name): \(Self.type($0.type))" }.joined(separator: ", ")
                lines.append("---@field \(hook.key)? fun(\(parameters)): \(Self.type(hook.returns))? # \(hook.doc)")
            }
            lines.append("")
        }
        lines += [
            "---Leaves a touch or a repair order out, with a reason: `return skip \"fleet\"`.", "---@param reason string", "function skip(reason) end", "",
            "---Puts a repair order's rows aside, with a reason, to be looked at.", "---@param reason string", "function quarantine(reason) end",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// "RepairOrder" of "repair_order".
    private static func name(_ shape: String) -> String {
        shape.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func type(_ type: FieldType) -> String {
        switch type {
        case .text: "string"
        case .integer: "integer"
        case .number: "number"
        case .flag: "boolean"
        case .choice(let names): names.map { "\"\($0)\"" }.joined(separator: "|")
        case .list(.choice(let names)): "(\(Self.type(.choice(names))))[]"
        case .list(.either(let one, let other)): "(\(Self.type(one))|\(Self.type(other)))[]"
        case .list(let element): "\(Self.type(element))[]"
        case .record(let name): Self.name(name)
        case .either(let one, let other): "\(Self.type(one))|\(Self.type(other))"
        }
    }
}
