internal import Feeds
internal import Foundation

/// What a look at an export found, for machines.
struct SniffJSON: Encodable {
    struct Finding: Encodable {
        let subject: String
        let value: String
        let confidence: String
        let reason: String
    }

    struct Column: Encodable {
        let name: String
        let filled: Int
        let of: Int
        let distinct: Int
        let has_more_distinct: Bool
        let looks_like: String?
        let may_be: String?
        let group_marks: [String]
        let repeats: Bool
        let warnings: [String]
        let samples: [String]?
    }

    struct Kind: Encodable {
        let name: String?
        let records: Int
        let columns: [Column]
    }

    let file_bytes: Int?
    let sniffed_bytes: Int
    let format: String
    let encoding: String
    let fallback_encoding: String?
    let path: String?
    let group_by: [String]
    let findings: [Finding]
    let kinds: [Kind]
    let remarks: [String]
    let mapping: String

    init(_ found: SniffedFeed, draft: String, hasSamples: Bool) {
        file_bytes = found.fileBytes
        sniffed_bytes = found.sniffedBytes
        format = found.format.kind.rawValue
        encoding = found.format.encoding.rawValue
        fallback_encoding = found.format.fallbackEncoding?.rawValue
        path = found.format.kind == .json || found.format.kind == .xml ? found.format.path : nil
        group_by = found.format.groupBy
        findings = found.findings.map { Finding(subject: $0.subject, value: $0.value, confidence: $0.confidence.rawValue, reason: $0.reason) }
        kinds = found.kinds.map { kind in
            Kind(
                name: kind.name, records: kind.count,
                columns: kind.columns.map { column in
                    Column(
                        name: column.name, filled: column.filled, of: column.of, distinct: column.distinct, has_more_distinct: column.hasMoreDistinct,
                        looks_like: column.look?.description, may_be: column.role?.rawValue,
                        group_marks: [column.outerMark, column.innerMark].compactMap { $0.map { String($0) } }, repeats: column.repeats,
                        warnings: column.warnings, samples: hasSamples ? column.samples : nil)
                })
        }
        remarks = found.remarks
        mapping = draft
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
