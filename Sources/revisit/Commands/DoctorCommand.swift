import ArgumentParser
internal import Channels
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks configuration, database, clock, providers and scripts, and says what is wrong and what to do.",
        discussion: "Nothing is sent; a ledger of an older version is brought up to date, as by any command. Exit 0 when all is well, 1 when something waits for you, 78 for a configuration that can't be used.")

    @Option(help: "The configuration.", completion: .file(extensions: ["yaml", "yml"])) var config = "revisit.yaml"

    func run() async throws {
        do {
            let configuration = try await ServeConfiguration(file: config, environment: ProcessInfo.processInfo.environment)
            var checkup = Checkup()
            checkup.note("configuration", nil, "\(config) can be used")
            await checkup.scripts(configuration)
            await checkup.database(configuration.database, at: SystemClock().now)
            await checkup.providers(configuration, SystemClock())
            print(checkup.lines.joined(separator: "\n"))
            if checkup.isWorrying { throw ExitStatus.findings }
        } catch {
            throw ExitStatus.of(error, rooftop: config)
        }
    }
}
