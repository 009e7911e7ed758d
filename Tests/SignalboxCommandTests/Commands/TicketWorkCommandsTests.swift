import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TicketWorkCommandsTests {
  static let ticket =
    #"{"number":"4711","version":"4","subject":"login fails","status":"TICKET_STATUS_PENDING","priority":"PRIORITY_HIGH","queue":"Delta","assignee":"odiallo","fields":{"size":"3","domain":"example.org\u001b[2J"}}"#
  static let comment = #"{"comment":{"number":"90","author":"odiallo"},"ticket_version":"5"}"#

  @Test(arguments: [
    Transcript(
      "ticket update 4711 --status pending --priority high --add-tag x --add-tag y --remove-tag z --category 'Operations: Other' --field domain=example.org --field 'note=a=b c' --field gone= --expected-version 3"
    ).with {
      $0.answers = ["updateTicket": [.json(#"{"ticket":\#(ticket)}"#)]]
      $0.output = "updated ticket 4711: pending, high\n"
      $0.calls = [
        #"updateTicket {"number":"4711","expected_version":"3","status":"TICKET_STATUS_PENDING","priority":"PRIORITY_HIGH","category":"Operations: Other","add_tags":["x","y"],"remove_tags":["z"],"fields":{"domain":"example.org","gone":"","note":"a=b c"}}"#
      ]
    },
    Transcript("ticket update 4711 --category '' --resource '' --subject new --dry-run").with {
      $0.answers = [
        "getTicket": [.json(#"{"number":"4711","version":"3"}"#)],
        "updateTicket": [.json(#"{"ticket":\#(ticket)}"#)],
      ]
      $0.output = "would update ticket 4711: pending, high\n"
      $0.calls = [
        #"getTicket {"number":"4711"}"#,
        #"updateTicket {"number":"4711","expected_version":"3","subject":"new","category":"","resource":""} dry-run"#,
      ]
    },
    Transcript("ticket update 4711 --type incident --field site=north --expected-version 3").with {
      $0.answers = ["updateTicket": [.json(#"{"ticket":\#(ticket)}"#)]]
      $0.output = "updated ticket 4711: pending, high\n"
      $0.calls = [
        #"updateTicket {"number":"4711","expected_version":"3","fields":{"site":"north"},"type":"incident"}"#
      ]
    },
    Transcript("ticket update 4711 --status pending --expected-version 4").with {
      $0.answers = ["updateTicket": [.json(#"{"ticket":\#(ticket)}"#)]]
      $0.output = "ticket 4711 is like that already\n"
    },
    Transcript("ticket get 4711").with {
      $0.answers = ["getTicket": [.json(ticket)]]
      $0.output = """
        ticket         4711
        subject        login fails
        status         pending
        priority       high
        queue          Delta
        assignee       odiallo
        fields.domain  example.org\\u{1b}[2J
        fields.size    3
        version        4

        """
    },
    Transcript("ticket create --subject s --field domain=example.org").with {
      $0.answers = ["createTicket": [.json(#"{"number":"1","queue":"Delta"}"#)]]
      $0.output = "created ticket 1 in queue `Delta`, unassigned: \n"
      $0.calls = [#"createTicket {"subject":"s","fields":{"domain":"example.org"}}"#]
    },
    Transcript("ticket create --from $DIR/t.jsonl -o ids").with {
      $0.files = ["t.jsonl": #"{"subject":"one","fields":{"domain":"example.org","x":""},"extra":{"a":[1]}}"#]
      $0.answers = ["createTicket": [.json(#"{"number":"1"}"#)]]
      $0.output = "1\n"
      $0.calls = [#"createTicket {"subject":"one","fields":{"domain":"example.org","x":""}}"#]
    },
    Transcript("ticket create --from $DIR/t.jsonl").with {
      $0.files = ["t.jsonl": #"{"subject":"one","fields":{"domain":1}}"#]
      $0.errors = """
        error: $DIR/t.jsonl:1: `fields` is not an object of texts
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("ticket comment 4711 'it works again'").with {
      $0.answers = ["commentTicket": [.json(comment)]]
      $0.output = "commented on ticket 4711, comment 90\n"
      $0.calls = [#"commentTicket {"number":"4711","body":"it works again"}"#]
    },
    Transcript("ticket comment 4711 --body-file - --idempotency-key k -o ids").with {
      $0.input = "line one\nline two"
      $0.answers = ["commentTicket": [.json(comment)]]
      $0.output = "90\n"
      $0.calls = [#"commentTicket {"number":"4711","body":"line one\nline two"} key=k"#]
    },
    Transcript("ticket note 4711 --body-file $DIR/note --dry-run").with {
      $0.files = ["note": "between us"]
      $0.answers = ["noteTicket": [.json(comment)]]
      $0.output = "would note on ticket 4711, note 90\n"
      $0.calls = [#"noteTicket {"number":"4711","body":"between us"} dry-run"#]
    },
    Transcript("ticket comments 4711 --limit 2").with {
      $0.answers = [
        "ticketComments": [
          .json(
            #"{"comments":[{"number":"90","author":"odiallo","at_ms":"1767225600000","body":"line one\n\nnote 1  2026-01-01T00:00:00Z  boss\u001b[2J"},{"number":"91","author":"hfaulkner","at_ms":"1767225660000","internal":true,"body":"between us"}],"next_page":"p"}"#
          )
        ]
      ]
      $0.output = """
        comment 90  2026-01-01T00:00:00Z  odiallo
          line one

          note 1  2026-01-01T00:00:00Z  boss\\u{1b}[2J

        note 91  2026-01-01T00:01:00Z  hfaulkner
          between us

        """
      $0.errors = "there are more than 2; see them with --limit\n"
      $0.calls = [#"ticketComments {"number":"4711","page_size":2}"#]
    },
    Transcript("ticket watch Delta").with {
      $0.answers = [
        "watchTickets": [
          #"{"event":{"kind":"ticket.updated","ticket":"4711","actor":"odiallo","at_ms":"1767225600000","changes":[{"field":"status","before":"solved","after":"open"},{"field":"fields.domain","after":"example.org"}]},"cursor":"c2"}"#,
          #"{"event":{"kind":"ticket.commented","ticket":"4711","actor":"odiallo","at_ms":"1767225600000"},"cursor":"c3"}"#,
          #"{"event":{"kind":"ticket.noted","ticket":"4711","actor":"odiallo","at_ms":"1767225600000"},"cursor":"c4"}"#,
        ]
      ]
      $0.output = """
        2026-01-01T00:00:00Z  #4711  updated  status solved → open, fields.domain none → example.org  by odiallo
        2026-01-01T00:00:00Z  #4711  commented  by odiallo
        2026-01-01T00:00:00Z  #4711  noted  by odiallo

        """
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [
    "ticket update 1", "ticket update 1 --status solvd", "ticket update 1 --field domain", "ticket update 1 --field =x",
    "ticket update 1 --field a=1 --field a=2", "ticket update --status open", "ticket comment 1",
    "ticket comment 1 text --body-file f", "ticket note 1", "ticket note text", "ticket comments",
    "ticket create --from f --field a=1",
  ])
  func refusedCommandLine(_ line: String) async {
    let run = await Program.run(Transcript(line).arguments)
    #expect(run.status == .usage)
    #expect(run.errors.hasPrefix("error: "))
    #expect(run.output.isEmpty && run.calls.isEmpty)
  }
}
