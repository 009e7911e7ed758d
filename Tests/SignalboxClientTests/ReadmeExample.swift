import SignalboxClient

// Compiled, not run: what README.md shows under "From Swift" stands here between the marks, word for word; a tidy test
// compares them.
enum ReadmeExample {
  static func run(token: String) async throws {
    // begin
    var configuration = ClientConfiguration(host: "localhost", port: 7443)
    configuration.trustRootsPath = "data/tls/ca.pem"
    configuration.token = token

    try await SignalboxClient.withClient(configuration) { client in
      var request = CreateTicketRequest()
      request.subject = "Globus transfer hangs"
      request.requester = "ada@lab.example.edu"
      let ticket = try await client.tickets.create(request)
      print(ticket.number, ticket.queue, ticket.decision.by)

      var watch = WatchTicketsRequest()
      watch.queues = [ticket.queue]
      watch.cursor = ticket.cursor
      for try await response in client.tickets.watch(watch) where response.hasEvent {
        print(response.event.kind, response.event.ticket)
      }
    }
    // end
  }
}
