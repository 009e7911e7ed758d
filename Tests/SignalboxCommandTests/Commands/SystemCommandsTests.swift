import SignalboxClient
import Testing

@testable import signalbox

@Suite struct SystemCommandsTests {
  static let described = #"""
    {"software":"signalboxd","version":"0.1.0","server_instance":"AQI=","descriptors":"AAAA","rule_language":1,
     "methods":[{"number":257,"path":"signalbox.v1.System/Ping","effect":"EFFECT_NONE","caller":"CALLER_ANYONE"}],
     "errors":[{"reason":"INTERNAL","code":13,"meaning":"a fault"}],
     "limits":[{"name":"max_frame","value":"16384","unit":"bytes"}],
     "caller":{"tenant":"access","role":"agent","person":"odiallo","token_name":"desk"}}
    """#

  @Test(arguments: [
    Transcript("ping").with {
      $0.output = "answer 1 from localhost:7443 in 1.00 ms\n"
      $0.calls = ["ping"]
    },
    Transcript("ping --count 2 --timeout 1.5").with {
      $0.output = """
        answer 1 from localhost:7443 in 1.00 ms
        answer 2 from localhost:7443 in 1.00 ms
        least 1.00 ms, mean 1.00 ms, most 1.00 ms

        """
      $0.calls = ["ping timeout=1.5 seconds", "ping timeout=1.5 seconds"]
    },
    Transcript("ping -o json").with {
      $0.output = """
        {
          "milliseconds": [
            1
          ],
          "server": "localhost:7443"
        }

        """
    },
    Transcript("ping --count 0").with {
      $0.errors = """
        error: --count takes 1 to 1000000
        Usage: signalbox ping [--count <number>] [--output <output>] [--server <host:port>] [--token-file <path>] [--client-certificate <path>] [--client-key <path>] [--ca <path>] [--tenant <name>] [--context <name>] [--timeout <seconds>]
          See 'signalbox ping --help' for more information.

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("describe").with {
      $0.answers = [
        "describe": [
          .json(
            #"{"software":"signalboxd","version":"0.1.0","caller":{"tenant":"access","role":"client_application","token_name":"form","verbs":["browse","create"]}}"#
          )
        ]
      ]
      $0.output = """
        software       signalboxd 0.1.0
        rule language  0
        you are        token `form`, client_application in tenant `access`, limited to browse, create
        knows          0 methods, 0 reasons, 0 limits

        """
    },
    Transcript("describe").with {
      $0.answers = ["describe": [.json(described)]]
      $0.output = """
        software       signalboxd 0.1.0
        instance       0102
        rule language  1
        you are        `odiallo` with token `desk`, agent in tenant `access`
        knows          1 method, 1 reason, 1 limit

        """
    },
    Transcript("describe --methods --errors --limits").with {
      $0.answers = ["describe": [.json(described)]]
      $0.output = """
        software       signalboxd 0.1.0
        instance       0102
        rule language  1
        you are        `odiallo` with token `desk`, agent in tenant `access`
        knows          1 method, 1 reason, 1 limit

        NUMBER  EFFECT  CALLER  PATH
        0x101   none    anyone  signalbox.v1.System/Ping

        REASON    CODE  MEANING
        INTERNAL  13    a fault

        LIMIT      VALUE  UNIT
        max_frame  16384  bytes

        """
    },
    Transcript("describe -o yaml").with {
      $0.answers = ["describe": [#"{"software":"s","descriptors":"AAAA","rule_language":1}"#]]
      $0.output = "software: s\nrule_language: 1\n"
    },
    Transcript("describe -o yaml --descriptors").with {
      $0.answers = ["describe": [#"{"software":"s","descriptors":"AAAA","rule_language":1}"#]]
      $0.output = "software: s\ndescriptors: AAAA\nrule_language: 1\n"
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [("bash", "complete "), ("zsh", "#compdef signalbox"), ("fish", "complete -c")])
  func completion(_ shell: String, _ mark: String) async {
    let run = await Program.run(["completion", shell])
    #expect(run.status == .done)
    #expect(run.output.contains(mark))
    #expect(run.output.contains("reassign"))
  }
}
