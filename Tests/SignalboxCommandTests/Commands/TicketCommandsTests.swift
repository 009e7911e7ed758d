import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TicketCommandsTests {
  static let ticket =
    #"{"number":"4711","version":"3","subject":"login fails","body":"line one\nline two","requester":"a@b.example","channel":"web","tags":["x","y"],"status":"TICKET_STATUS_OPEN","priority":"PRIORITY_HIGH","queue":"Delta","assignee":"odiallo","created_at_ms":"1767225600000","updated_at_ms":"1767225660000"}"#
  static let decision =
    #"{"rule_set":"access","rule_set_version":3,"rule_set_hash":"AQIDBAUGBwg=","phase":"route","queue":"Delta","by":"rule","rule":"named-host","line":61,"because":"login hosts name their machine","matched":[{"pattern":"login.delta","field":"body","position":4}]}"#
  static let created =
    #"{"number":"4711","version":"1","queue":"Delta","assignee":"odiallo","decision":\#(decision),"cursor":"c1"}"#

  @Test(arguments: [
    Transcript(
      "ticket create --subject 'login fails' --body-file - --requester a@b.example --channel web --category 'Operations: Other' --resource delta --tag x --tag y --priority high"
    ).with {
      $0.input = "line one\nline two"
      $0.answers = ["createTicket": [.json(created)]]
      $0.output = """
        created ticket 4711 in queue `Delta`, assigned to odiallo: rule named-host
          because: login hosts name their machine

        """
      $0.calls = [
        #"createTicket {"subject":"login fails","body":"line one\nline two","requester":"a@b.example","channel":"web","category":"Operations: Other","resource":"delta","tags":["x","y"],"priority":"PRIORITY_HIGH"}"#
      ]
    },
    Transcript("ticket create --subject s --type incident --dry-run -o ids").with {
      $0.answers = ["createTicket": [.json(created)]]
      $0.output = "4711\n"
      $0.errors =
        "would create a ticket in queue `Delta`, assigned to odiallo: rule named-host\n  because: login hosts name their machine\n"
      $0.calls = [#"createTicket {"subject":"s","type":"incident"} dry-run"#]
    },
    Transcript("ticket create --subject s").with {
      $0.answers = ["createTicket": [.refusal(.noRules, "the tenant has no rules")]]
      $0.errors = "error: the tenant has no rules\nhint: put a rule set with `signalbox rules put FILE`\n"
      $0.status = .refused
    },
    Transcript("ticket get 9").with {
      $0.answers = [
        "getTicket": [#"{"number":"9","type":"incident","due_at_ms":"1767225600000","created_at_ms":"1767225600000"}"#]
      ]
      $0.output = """
        ticket    9
        assignee  nobody
        type      incident
        due       2026-01-01T00:00:00Z
        created   2026-01-01T00:00:00Z
        version   0

        """
    },
    Transcript("ticket get 4711").with {
      $0.answers = ["getTicket": [.json(ticket)]]
      $0.output = """
        ticket     4711
        subject    login fails
        status     open
        priority   high
        queue      Delta
        assignee   odiallo
        requester  a@b.example
        channel    web
        tags       x, y
        created    2026-01-01T00:00:00Z
        updated    2026-01-01T00:01:00Z
        version    3

        line one
        line two

        """
      $0.calls = [#"getTicket {"number":"4711"}"#]
    },
    Transcript("ticket list --queue Delta --unassigned --status new --limit 5").with {
      $0.answers = [
        "listTickets": [
          #"{"tickets":[{"number":"1","subject":"a\nb\u001b[2J\u202e","queue":"Delta","status":"TICKET_STATUS_NEW"}]}"#
        ]
      ]
      $0.output = """
        NUMBER  STATUS  PRIORITY  QUEUE  ASSIGNEE  CREATED  SUBJECT
        1       new     -         Delta  -         -        a⏎b\\u{1b}[2J\\u{202e}

        """
      $0.calls = [#"listTickets {"page_size":5,"queue":"Delta","unassigned":true,"status":"TICKET_STATUS_NEW"}"#]
    },
    Transcript("ticket take 4711").with {
      $0.answers = ["getTicket": [.json(ticket)], "takeTicket": [.json(#"{"ticket":\#(ticket)}"#)]]
      $0.output = "took ticket 4711 of queue `Delta`: assigned to odiallo\n"
      $0.calls = [#"getTicket {"number":"4711"}"#, #"takeTicket {"number":"4711","expected_version":"3"}"#]
    },
    Transcript("ticket take 4711 --expected-version 2").with {
      $0.answers = ["takeTicket": [.refusal(.alreadyAssigned, "ticket 4711 is assigned to `hfaulkner`")]]
      $0.errors = """
        error: ticket 4711 is assigned to `hfaulkner`
        hint: make it yours with `signalbox ticket steal 4711 --reason TEXT`, or ask its assignee to release it

        """
      $0.status = .conflict
      $0.calls = [#"takeTicket {"number":"4711","expected_version":"2"}"#]
    },
    Transcript("ticket reassign 4711 --to-queue Delta --reason 'wrong machine'").with {
      $0.answers = ["getTicket": [.json(ticket)], "reassignTicket": [.json(#"{"ticket":\#(ticket)}"#)]]
      $0.output = "reassigned ticket 4711: in queue `Delta`, assigned to odiallo\n"
      $0.calls = [
        #"getTicket {"number":"4711"}"#,
        #"reassignTicket {"number":"4711","expected_version":"3","reason":"wrong machine","to_queue":"Delta"}"#,
      ]
    },
    Transcript("ticket reassign 4711 --to-person odiallo --reason r --expected-version 9 --dry-run").with {
      $0.answers = ["reassignTicket": [.refusal(.versionMismatch, "the ticket is at version 10")]]
      $0.errors = """
        error: the ticket is at version 10
        hint: read it again, with `signalbox ticket get NUMBER` or `signalbox rules get`, and decide again

        """
      $0.status = .conflict
      $0.calls = [
        #"reassignTicket {"number":"4711","expected_version":"9","reason":"r","to_person":"odiallo"} dry-run"#
      ]
    },
    Transcript("ticket history 4711").with {
      $0.answers = [
        "ticketHistory": [
          .json(
            #"{"events":[{"kind":"ticket.created","ticket":"4711","ticket_version":"1","actor":"web","at_ms":"1767225600000","changes":[{"field":"queue","after":"Delta"}],"decision":\#(decision)},{"kind":"ticket.reassigned_externally","ticket":"4711","ticket_version":"2","actor":"odiallo","at_ms":"1767225660000","changes":[{"field":"queue","before":"Delta","after":"Anvil"}],"reason":"not ours"}]}"#
          )
        ]
      ]
      $0.output = """
        TIME                  VERSION  WHAT                   WHO      FROM → TO            REASON
        2026-01-01T00:00:00Z  1        created                web      queue none → Delta   rule named-host
        2026-01-01T00:01:00Z  2        reassigned externally  odiallo  queue Delta → Anvil  not ours

        """
      $0.calls = [#"ticketHistory {"number":"4711","page_size":200}"#]
    },
    Transcript("ticket why 4711").with {
      $0.answers = ["whyTicket": [.json(#"{"number":"4711","queue":"Delta","decision":\#(decision)}"#)]]
      $0.output = """
        ticket 4711 is in Delta
        queue    Delta
        by       rule `named-host`, line 61
        because  login hosts name their machine
        matched  `login.delta` in body, word 5
        rules    access version 3, 010203040506
        phase    route
        no person has moved it since

        """
      $0.calls = [#"whyTicket {"number":"4711"}"#]
    },
    Transcript("ticket why 4711 --all").with {
      $0.answers = [
        "whyTicket": [
          #"{"number":"4711","queue":"Anvil","moved_by_person":true,"decision":{"rule_set":"access","queue":"Delta","by":"keywords","line":90,"score":7,"runner_up":"Anvil","runner_up_score":4,"margin":2,"matched":[{"pattern":"delta","field":"subject","position":0,"points":7}],"notes":["queue `Old` is retired"]},"later":[{"chain":"12","depth":1,"fired":[{"phase":"classify","rule":"outage","line":9,"actions":["add tag \"outage\""]}]}],"traces":[{"phase":"route","rule":"security","line":18,"failed":"category is `Other`"},{"phase":"route","rule":"named-host","line":61,"fired":true}]}"#
        ]
      ]
      $0.output = """
        ticket 4711 is in Anvil
        queue      Delta
        by         the keywords of the queues, line 90
        matched    `delta` in subject, word 1: 7
        score      7
        runner-up  Anvil with 4
        ahead by   3, at least 2 asked for
        note       queue `Old` is retired
        rules      access version 0, 
        a person has moved it since, see `signalbox ticket history 4711`

        rules ran again
        after change  12, step 1
        classify      rule `outage`, line 9: add tag "outage"

        LINE  PHASE  RULE        FIRED  FIRST CONDITION THAT FAILED
        18    route  security    no     category is `Other`
        61    route  named-host  yes    -

        """
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [
    "ticket reassign 1 --reason r", "ticket reassign 1 --to-person a --to-queue b --reason r",
    "ticket reassign 1 --to-person a",
    "ticket create", "ticket create --subject s --from f", "ticket create --from f --body b",
    "ticket create --subject s --body b --body-file f", "ticket create --from f --minimum-share 0.5",
    "ticket create --from f --expect-field q --minimum-share 2", "ticket create --subject s --expect-field q",
    "ticket create --subject s --priority highest", "ticket list --assignee a --unassigned", "ticket list --limit 0",
    "ticket get", "ticket get -1", "ticket get x", "ticket watch", "ticket watch q --timeout 3",
    "ticket watch q --cursor c --from-start", "ticket take 1 --idempotency-key \(String(repeating: "k", count: 65))",
    "ticket get 1 --output xml", "ticket get 1 --server a:b", "ticket get 1 --timeout 0", "ticket get 1 --token t",
  ])
  func refusedCommandLine(_ line: String) async {
    let run = await Program.run(Transcript(line).arguments)
    #expect(run.status == .usage)
    #expect(run.errors.hasPrefix("error: "))
    #expect(run.output.isEmpty && run.calls.isEmpty)
  }
}
