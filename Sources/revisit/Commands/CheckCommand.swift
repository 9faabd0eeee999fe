import ArgumentParser
import Foundation
internal import Scripting

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Loads a rooftop's scripts and says what is wrong with them.")

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String

    func run() async throws {
        do {
            let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
            try bundle.check()
            Console.note("\(rooftop): \(bundle.present.map { $0 + ".lua" }.joined(separator: ", ")) load")
        } catch {
            throw ExitStatus.of(error, in: rooftop)
        }
    }
}
