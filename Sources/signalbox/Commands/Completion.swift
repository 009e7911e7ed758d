import ArgumentParser

struct Completion: ParsableCommand {
  enum Shell: String, CaseIterable, ExpressibleByArgument, Sendable {
    case bash, zsh, fish
  }

  static let configuration = CommandConfiguration(
    abstract: "Print the completion script for a shell.",
    discussion: """
      bash: signalbox completion bash > ~/.local/share/bash-completion/completions/signalbox
      zsh: signalbox completion zsh > "${fpath[1]}/_signalbox"
      fish: signalbox completion fish > ~/.config/fish/completions/signalbox.fish
      """)

  @Argument(help: "The shell.") var shell: Shell

  func run() throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    try Surroundings.current.writeOutput(Signalbox.completionScript(for: kind) + "\n")
  }
}
