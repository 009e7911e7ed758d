import SignalboxClient
import Testing

@testable import signalbox

@Suite struct AgentCommandsTests {
  @Test(arguments: [
    Transcript("agent presence away").with {
      $0.answers = ["setPresence": [.json(#"{"handle":"ada","presence":"PRESENCE_AWAY"}"#)]]
      $0.output = "`ada` is away\n"
      $0.calls = [#"setPresence {"presence":"PRESENCE_AWAY"}"#]
    },
    Transcript("agent presence offline ben --dry-run").with {
      $0.answers = ["setPresence": [.json(#"{"handle":"ben","presence":"PRESENCE_OFFLINE"}"#)]]
      $0.output = "`ben` would be offline\n"
      $0.calls = [#"setPresence {"person":"ben","presence":"PRESENCE_OFFLINE"} dry-run"#]
    },
    Transcript("agent capacity ada 12 -o ids").with {
      $0.answers = ["setCapacity": [.json(#"{"handle":"ada","capacity":12}"#)]]
      $0.output = "ada\n"
      $0.calls = [#"setCapacity {"person":"ada","units":12}"#]
    },
    Transcript("agent capacity ada 0").with {
      $0.answers = ["setCapacity": [.json(#"{"handle":"ada","capacity":0}"#)]]
      $0.output = "`ada` takes up to 0 units\n"
      $0.calls = [#"setCapacity {"person":"ada","units":0}"#]
    },
    Transcript("agent capacity ada --unlimited").with {
      $0.answers = ["setCapacity": [.json(#"{"handle":"ada"}"#)]]
      $0.output = "`ada` takes as many as there are\n"
      $0.calls = [#"setCapacity {"person":"ada","unlimited":true}"#]
    },
    Transcript("agent capacity ada").with {
      $0.errors = """
        error: give UNITS, or --unlimited
        Usage: signalbox agent capacity [<options>] <handle> [<units>]
          See 'signalbox agent capacity --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("agent skills ada 'gpu, slurm'").with {
      $0.answers = ["setCapacity": [.json(#"{"handle":"ada","skills":["gpu","slurm"]}"#)]]
      $0.output = "`ada` knows gpu, slurm\n"
      $0.calls = [#"setCapacity {"person":"ada","skills":{"values":["gpu","slurm"]}}"#]
    },
    Transcript("agent skills ada --none").with {
      $0.answers = ["setCapacity": [.json(#"{"handle":"ada"}"#)]]
      $0.output = "`ada` knows nothing in particular\n"
      $0.calls = [#"setCapacity {"person":"ada","skills":{}}"#]
    },
    Transcript("agent list --queue Delta").with {
      $0.answers = [
        "listAgents": [
          .json(
            #"""
            {"agents":[
            {"person":{"handle":"ada","presence":"PRESENCE_AWAY","capacity":12,"skills":["gpu"]},"open_tickets":3,"load":7},
            {"person":{"handle":"ben","presence":"PRESENCE_AVAILABLE"},"absent":true}]}
            """#)
        ]
      ]
      $0.output = """
        HANDLE  PRESENCE  OPEN  LOAD  CAPACITY  SKILLS
        ada     away      3     7     12        gpu
        ben     absent    0     0     -         -

        """
      $0.calls = [#"listAgents {"page_size":200,"queue":"Delta"}"#]
    },
    Transcript(
      "ticket assign 7 --order least_loaded --skill gpu --skills-relaxed-after 4h --cap 5 --cap-window 1h --expected-version 3"
    ).with {
      $0.answers = ["assignTicket": [.json(#"{"ticket":{"number":"7","queue":"Delta","assignee":"ada"}}"#)]]
      $0.output = "ticket 7 of queue `Delta` is assigned to ada\n"
      $0.calls = [
        #"assignTicket {"number":"7","expected_version":"3","order":"ASSIGNMENT_ORDER_LEAST_LOADED","skills":["gpu"],"skills_relaxed_after_ms":"14400000","cap":5,"cap_window_ms":"3600000"}"#
      ]
    },
    Transcript("ticket assign 7 --order round_robin --group night --offer-for 5m --expected-version 3 --dry-run").with {
      $0.answers = [
        "assignTicket": [
          .json(#"{"ticket":{"number":"7","queue":"Delta","unassigned_reason":"offered to `ada` for 5m"}}"#)
        ]
      ]
      $0.output = "ticket 7 of queue `Delta` would be unassigned: offered to `ada` for 5m\n"
      $0.calls = [
        #"assignTicket {"number":"7","expected_version":"3","order":"ASSIGNMENT_ORDER_ROUND_ROBIN","group":"night","offer_for_ms":"300000"} dry-run"#
      ]
    },
    // Not taken for an offer without an end, nor for none.
    Transcript("ticket assign 7 --order round_robin --offer-for 0s").with {
      $0.errors = """
        error: --offer-for is a time of some length, such as 15m
        Usage: signalbox ticket assign [<options>] <number> --order <order>
          See 'signalbox ticket assign --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("ticket assign 7 --order round_robin --cap 5").with {
      $0.errors = """
        error: give --cap and --cap-window together
        Usage: signalbox ticket assign [<options>] <number> --order <order>
          See 'signalbox ticket assign --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("ticket accept 7 --expected-version 4").with {
      $0.answers = ["acceptTicket": [.json(#"{"ticket":{"number":"7","queue":"Delta","assignee":"ada"}}"#)]]
      $0.output = "accepted ticket 7 of queue `Delta`: assigned to ada\n"
      $0.calls = [#"acceptTicket {"number":"7","expected_version":"4"}"#]
    },
    Transcript("ticket reject 7 --reason 'at lunch' --expected-version 4").with {
      $0.answers = [
        "rejectTicket": [
          .json(#"{"ticket":{"number":"7","queue":"Delta","unassigned_reason":"waits: nobody can have it"}}"#)
        ]
      ]
      $0.output = "ticket 7 of queue `Delta` is unassigned: waits: nobody can have it\n"
      $0.calls = [#"rejectTicket {"number":"7","expected_version":"4","reason":"at lunch"}"#]
    },
    Transcript("ticket offers").with {
      $0.answers = [
        "listOffers": [
          .json(
            #"{"offers":[{"ticket":{"number":"7","priority":"PRIORITY_HIGH","queue":"Delta","subject":"gpu"},"until_ms":"1798070400000"}]}"#
          )
        ]
      ]
      $0.output = """
        NUMBER  PRIORITY  QUEUE  UNTIL                 SUBJECT
        7       high      Delta  2026-12-24T00:00:00Z  gpu

        """
    },
    Transcript("person get ada").with {
      $0.answers = [
        "getPerson": [
          .json(
            #"{"handle":"ada","presence":"PRESENCE_AWAY","presence_since_ms":"1798070400000","capacity":1,"skills":["gpu","slurm"]}"#
          )
        ]
      ]
      $0.output = """
        handle    ada
        presence  away since 2026-12-24T00:00:00Z
        capacity  1 unit
        skills    gpu, slurm

        """
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  /// Nothing, as an unset variable gives, does not take away what somebody knows.
  @Test(arguments: ["", "gpu,,slurm", "gpu,"])
  func skillsAreNamed(_ text: String) async {
    let run = await Program.run(["agent", "skills", "ada", text])
    #expect(run.status == .usage && run.calls.isEmpty)
  }
}
