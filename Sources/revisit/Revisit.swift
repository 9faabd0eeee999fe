import ArgumentParser

@main
struct Revisit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revisit",
        abstract: "Follows up, by itself, on service work that customers declined.",
        discussion: """
            Exit: 0 ok · 1 findings · 4 nothing ran · 64 usage · 65 bad script or data · 66 missing input · 69 a limit stopped the script \
            · 70 our fault · 78 bad configuration
            """,
        subcommands: [
            DemoCommand.self, NewCommand.self, SniffCommand.self, MapCommand.self, ImportCommand.self, ReplayCommand.self, QuarantineCommand.self,
            CheckCommand.self, TestCommand.self, PreviewCommand.self, SimulateCommand.self, ReplCommand.self,
            ServeCommand.self, DoctorCommand.self, InboxCommand.self, ResumeCommand.self, SettleCommand.self, ReportCommand.self, WhyCommand.self, RecordCommand.self, ReplayDecisionsCommand.self, LuaCommand.self,
            CompletionsCommand.self, GenerateCommand.self,
        ])
}
