import ArgumentParser
internal import Feeds
import Foundation

struct SniffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sniff", abstract: "Looks at an export of unknown kind and drafts a mapping for it.",
        discussion: """
            Tells encoding, format, dialect and columns from the beginning of the file, with reasons, and prints a mapping.lua to start from. \
            It is where a mapping starts; an import never guesses. Sample values are customers' data: --no-samples leaves them out.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: "The export.") var file: String
    @Flag(help: "Print the draft mapping alone, as for > scripts/mystore/mapping.lua.") var mapping = false
    @Flag(help: "Leave sample values out.") var noSamples = false
    @Option(help: "text or json.") var format: Format = .text

    func run() throws {
        do {
            try sniff()
        } catch {
            throw ExitStatus.of(error, rooftop: file, export: file)
        }
    }

    private func sniff() throws {
        let source = try FileByteSource(path: file)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let isRegular = attributes[.type] as? FileAttributeType == .typeRegular
        let found = try FeedSniffer().sniff(source, fileBytes: isRegular ? (attributes[.size] as? NSNumber)?.intValue : nil)
        let draft = DraftMapping(found: found, file: URL(filePath: file).lastPathComponent).text
        if mapping {
            print(draft, terminator: "")
            return
        }
        switch format {
        case .text: print(SniffPage(found: found, file: file, draft: draft, hasSamples: !noSamples).text, terminator: "")
        case .json: print(try SniffJSON(found, draft: draft, hasSamples: !noSamples).text(), terminator: "")
        }
    }
}
