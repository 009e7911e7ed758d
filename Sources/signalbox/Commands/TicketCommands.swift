import ArgumentParser

struct TicketCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket", abstract: "Tickets: create, read, take, reassign, work on, follow, and ask why.",
    subcommands: [
      TicketCreate.self, TicketGet.self, TicketList.self, TicketTake.self, TicketSteal.self,
      TicketRelease.self, TicketReassign.self, TicketHistory.self,
      TicketWatch.self, TicketWhy.self,
      TicketUpdate.self, TicketCommentCommand.self, TicketNote.self, TicketComments.self,
      TicketAssign.self, TicketOffers.self, TicketAccept.self, TicketReject.self,
    ])
}
