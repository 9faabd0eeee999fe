import ArgumentParser
import Foundation

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Makes a rooftop's folder that passes its tests, with comments that teach.",
        discussion: """
            The folder is scripts/NAME, or NAME itself when it has a slash. It has a mapping for a small export, messages, a choice of \
            channel, tests of each, and settings for editors.
            """)

    @Argument(help: "The rooftop's id, as lakeside: small letters, digits, - and _.") var name: String
    @Option(help: "What customers know it as; else made of the id.") var title: String?
    @Option(help: "Its time zone, as America/Denver.") var zone = "America/Chicago"

    func run() throws {
        do {
            let folder = NewRooftop.folder(name)
            let rooftop = try NewRooftop(folder: folder, title: title, zone: zone)
            let made = try rooftop.write()
            print("created \(folder): \(made.joined(separator: " "))")
            print("next: revisit test \(folder)")
        } catch {
            throw ExitStatus.of(error, rooftop: name)
        }
    }
}
