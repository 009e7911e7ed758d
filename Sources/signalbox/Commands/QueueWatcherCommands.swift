import ArgumentParser

struct QueueWatcherCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watcher", abstract: "Who is told by e-mail of what happens in a queue.",
    subcommands: [
      QueueWatcherAdd.self, QueueWatcherList.self, QueueWatcherSet.self, QueueWatcherRemove.self,
      QueueWatcherConfirm.self, QueueWatcherResend.self, QueueWatcherOptOut.self, QueueWatcherOptIn.self,
    ])
}
