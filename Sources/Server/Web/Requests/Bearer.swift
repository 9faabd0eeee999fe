internal import HTTPTypes

/// Reads `Authorization: Bearer …` (RFC 6750).
enum Bearer {
    static func token(of headers: HTTPFields) -> String? {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7))
    }
}
