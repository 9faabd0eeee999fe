import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Prints what a shell needs to complete revisit's commands, options and files.",
        discussion: """
            bash: revisit completions bash > ~/.local/share/bash-completion/completions/revisit
            zsh:  revisit completions zsh > a folder of $fpath/_revisit
            fish: revisit completions fish > ~/.config/fish/completions/revisit.fish
            """)

    enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

    @Argument(help: "bash, zsh or fish.") var shell: Shell

    func run() {
        let known: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        print(Revisit.completionScript(for: known))
    }
}
