/// Spelling in Prometheus's text format.
enum PrometheusText {
    /// Gives a metric's name: letters, digits, `_` and `:`, no digit first.
    static func name(_ text: String) -> String { spelled(text, colon: true) }

    /// Gives labels in order of their names, `{a="b",c="d"}`; "" without any. Of two that come out with the same name the first stays.
    static func labels(_ dimensions: [(String, String)]) -> String {
        var values: [String: String] = [:]
        for (name, value) in dimensions {
            var spelled = spelled(name, colon: false)
            // "le" is a bucket's own label, and names that begin with two underscores are Prometheus's.
            if spelled == "le" { spelled = "le_" }
            if spelled.hasPrefix("__") { spelled = "x" + spelled }
            if values[spelled] == nil { values[spelled] = value }
        }
        guard !values.isEmpty else { return "" }
        return "{" + values.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    /// Adds one more label to written ones.
    static func adding(_ label: String, to labels: String) -> String {
        labels.isEmpty ? "{\(label)}" : labels.dropLast() + ",\(label)}"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            case _: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func spelled(_ text: String, colon: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes += bytes.isEmpty ? [UInt8(ascii: "_"), byte] : [byte]
            case UInt8(ascii: ":") where colon: bytes.append(byte)
            case _: bytes.append(UInt8(ascii: "_"))
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
