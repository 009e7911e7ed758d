import ArgumentParser

struct QueueCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Queues and their registrations.",
    subcommands: [
      QueueRegister.self, QueueApprove.self, QueueDecline.self, QueueGet.self, QueueList.self, QueueRetire.self,
      QueueRegistrations.self, QueueRegistrationCommands.self, QueueWatcherCommands.self,
    ])
}
