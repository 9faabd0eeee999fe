internal import Foundation

/// Tells when a rooftop's scripts have changed, from the times and sizes of its files.
enum ScriptsStamp {
    static func of(_ folder: String) throws -> String {
        let files = FileManager.default
        return try files.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".lua") }.sorted().map { name in
            let attributes = try files.attributesOfItem(atPath: folder + "/" + name)
            let written = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(name) \(written) \(attributes[.size] as? Int ?? 0)"
        }.joined(separator: "\n")
    }
}
