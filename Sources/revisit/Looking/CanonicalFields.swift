internal import FollowUp
internal import Foundation
internal import Scripting

/// A repair order in its canonical form, to compare field by field and to show.
struct CanonicalFields {
    /// Path and value in JSON, as `customer.phone` and `"+13125550142"`, in the canonical order.
    let values: [(path: String, json: String)]

    init(_ order: RepairOrder) throws {
        var json = CanonicalJSON()
        json.write(order)
        try self.init(json: Data(json.bytes))
    }

    /// One that stands in a file.
    init(json: Data) throws {
        var values: [(String, String)] = []
        try Self.flatten(JSONSerialization.jsonObject(with: json), at: "", into: &values)
        self.values = values.sorted { $0.0 < $1.0 }
    }

    private static func flatten(_ value: Any, at path: String, into values: inout [(String, String)]) throws {
        switch value {
        case let object as [String: Any]:
            for (key, value) in object { try flatten(value, at: path.isEmpty ? key : "\(path).\(key)", into: &values) }
        case let list as [Any]:
            if list.isEmpty { values.append((path, "[]")) }
            for (place, value) in list.enumerated() { try flatten(value, at: "\(path)[\(place + 1)]", into: &values) }
        default:
            let data = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .withoutEscapingSlashes])
            values.append((path, String(decoding: data, as: UTF8.self)))
        }
    }
}

extension ExplainPage {
    static func pretty(_ order: RepairOrder) -> String {
        var json = CanonicalJSON()
        json.write(order)
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let object = try? JSONSerialization.jsonObject(with: Data(json.bytes)),
            let data = try? JSONSerialization.data(withJSONObject: object, options: options)
        else { return String(decoding: json.bytes, as: UTF8.self) }
        return String(decoding: data, as: UTF8.self)
    }
}
