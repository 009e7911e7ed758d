import SignalboxClient
import SwiftProtobuf
import Testing

@testable import signalbox

@Suite struct TicketWatchTests {
  static let taken: Answer =
    #"{"event":{"kind":"ticket.taken","ticket":"4711","actor":"odiallo","at_ms":"1767225600000","changes":[{"field":"assignee","after":"odiallo"}]},"cursor":"c2"}"#
  static let mark: Answer = #"{"cursor":"c3"}"#
  static let moved: Answer =
    #"{"event":{"kind":"ticket.reassigned_externally","ticket":"4711","actor":"odiallo","at_ms":"1767225660000","changes":[{"field":"queue","before":"Delta","after":"Anvil"}],"reason":"not\nours"},"cursor":"c4"}"#

  @Test(arguments: [
    Transcript("ticket watch Delta Anvil").with {
      $0.answers = ["watchTickets": [taken, mark, moved]]
      $0.output = """
        2026-01-01T00:00:00Z  #4711  taken  assignee none → odiallo  by odiallo
        2026-01-01T00:01:00Z  #4711  reassigned externally  queue Delta → Anvil  by odiallo  (not⏎ours)

        """
      $0.calls = [#"watchTickets {"queues":["Delta","Anvil"]}"#]
    },
    Transcript("ticket watch Delta --from-start --count 1 -o json").with {
      $0.answers = ["watchTickets": [mark, taken, moved]]
      $0.output =
        #"{"event":{"kind":"ticket.taken","ticket":"4711","actor":"odiallo","at_ms":"1767225600000","changes":[{"field":"assignee","after":"odiallo"}]},"cursor":"c2"}"#
        + "\n"
      $0.calls = [#"watchTickets {"queues":["Delta"],"cursor":"start"}"#]
    },
    Transcript("ticket watch Delta --cursor c1 --count 1 --cursor-file $DIR/cursor -o ids").with {
      $0.answers = ["watchTickets": [taken, moved]]
      $0.output = "4711\n"
      $0.calls = [#"watchTickets {"queues":["Delta"],"cursor":"c1"}"#]
      $0.filesAfter = ["cursor": "c2\n"]
    },
    Transcript("ticket watch Delta --from-start --cursor-file $DIR/cursor").with {
      $0.files = ["cursor": "c2\n"]
      $0.answers = ["watchTickets": [mark]]
      $0.calls = [#"watchTickets {"queues":["Delta"],"cursor":"c2"}"#]
      $0.filesAfter = ["cursor": "c3\n"]
    },
    Transcript("ticket watch Delta").with {
      $0.answers = ["watchTickets": [taken, .refusal(.slowConsumer, "not read for too long")]]
      $0.output = "2026-01-01T00:00:00Z  #4711  taken  assignee none → odiallo  by odiallo\n"
      $0.errors = "error: not read for too long\nhint: try again in a moment\n"
      $0.status = .unavailable
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test func whatIsNotShownIsNotRemembered() throws {
    struct Closed: Error {}
    let path = "/nonexistent/cursor"
    let log = EventLog(format: .table, style: .plain, cursorFile: path, limit: nil) { _ in throw Closed() }
    guard case .json(let text) = TicketWatchTests.taken else { return }
    #expect(throws: Closed.self) { try log.receive(WatchTicketsResponse(jsonString: text)) }
  }
}
