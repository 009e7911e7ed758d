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
        ben     absent    0     0

        """
      $0.calls = [#"listAgents {"page_size":200,"queue":"Delta"}"#]
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
}
