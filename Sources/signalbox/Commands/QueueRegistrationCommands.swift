import ArgumentParser

struct QueueRegistrationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registration", abstract: "One registration, from the asking to the answer.",
    discussion: """
      A draft is submitted to the tenant's admins, who amend it, request changes, approve or decline it with \
      `signalbox queue approve` and `signalbox queue decline`.
      """,
    subcommands: [
      QueueRegistrationShow.self, QueueRegistrationHistory.self, QueueRegistrationWatch.self,
      QueueRegistrationLint.self, QueueRegistrationPlan.self,
      QueueRegistrationAmend.self,
      QueueRegistrationSubmit.self, QueueRegistrationComment.self, QueueRegistrationRequestChanges.self,
      QueueRegistrationWithdraw.self,
    ],
    defaultSubcommand: QueueRegistrationShow.self)
}
