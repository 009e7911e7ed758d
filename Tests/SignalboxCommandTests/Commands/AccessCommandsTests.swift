import SignalboxClient
import Testing

@testable import signalbox

@Suite struct AccessCommandsTests {
  static let grant =
    #"{"id":"117","role":"ROLE_QUEUE_MANAGER","person":"cyd","queue":"Delta","granted_by":"admin","granted_at_ms":"1780000000000"}"#
  static let crew = #"{"name":"crew","display_name":"The crew","members":["ada","ben"]}"#
  static let answer =
    #"{"allowed":true,"because":["queue `Delta` names the person among its agents"],"rights":["RIGHT_BROWSE","RIGHT_OWN"]}"#
  static let refusal =
    #"{"missing":["a grant of `queue_manager` on queue `Delta`, its organization or the tenant"],"rights":["RIGHT_BROWSE"]}"#

  @Test(arguments: [
    Transcript("access grant queue_manager --person cyd --queue Delta").with {
      $0.answers = ["grantRole": [.json(grant)]]
      $0.output = "granted `queue_manager` on queue Delta to person cyd: grant 117\n"
      $0.calls = [#"grantRole {"role":"ROLE_QUEUE_MANAGER","person":"cyd","queue":"Delta"}"#]
    },
    Transcript("access grant queue_manager --person cyd --group crew --queue Delta").with {
      $0.errors = """
        error: give one of --person HANDLE, --group NAME and --token NAME
        Usage: signalbox access grant [<options>] <role>
          See 'signalbox access grant --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("access grant viewer --group crew --everywhere --dry-run -o ids").with {
      $0.answers = ["grantRole": [.json(grant)]]
      $0.output = "117\n"
      $0.errors = "would grant `queue_manager` on queue Delta to person cyd: grant 117\n"
      $0.calls = [#"grantRole {"role":"ROLE_VIEWER","group":"crew","tenant":true} dry-run"#]
    },
    Transcript("access revoke 117").with {
      $0.answers = ["revokeGrant": [.json(grant)]]
      $0.output = "revoked `queue_manager` on queue Delta of person cyd\n"
      $0.calls = [#"revokeGrant {"grant":"117"}"#]
    },
    Transcript("access list --queue Delta").with {
      $0.answers = ["listGrants": [.json(#"{"grants":[\#(grant)]}"#)]]
      $0.output = """
        GRANT  ROLE           ON           TO          BY
        117    queue_manager  queue Delta  person cyd  admin

        """
    },
    Transcript("access explain ada own queue:Delta").with {
      $0.answers = ["explainAccess": [.json(answer)]]
      $0.output = """
        answer        `ada` may own on queue:Delta
        because       queue `Delta` names the person among its agents
        rights there  browse, own

        """
      $0.calls = [#"explainAccess {"person":"ada","right":"RIGHT_OWN","queue":"Delta"}"#]
    },
    Transcript("access explain me steal ticket:7").with {
      $0.answers = ["explainAccess": [.json(refusal)]]
      $0.output = """
        answer        you may not steal on ticket:7
        missing       a grant of `queue_manager` on queue `Delta`, its organization or the tenant
        rights there  browse

        """
      $0.calls = [#"explainAccess {"right":"RIGHT_STEAL","ticket":"7"}"#]
    },
    Transcript("access explain ada steal Delta").with {
      $0.errors = """
        error: the target is `tenant`, `queue:NAME` or `ticket:NUMBER`, not `Delta`
        Usage: signalbox access explain <person> <right> <target> [--output <output>] [--server <host:port>] \
        [--token-file <path>] [--client-certificate <path>] [--client-key <path>] [--ca <path>] [--tenant <name>] \
        [--context <name>] [--timeout <seconds>]
          See 'signalbox access explain --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("group create crew --display-name 'The crew' --member ada --member ben").with {
      $0.answers = ["createGroup": [.json(crew)]]
      $0.output = "created group `crew`\n"
      $0.calls = ["createGroup \(#"{"name":"crew","display_name":"The crew","members":["ada","ben"]}"#)"]
    },
    Transcript("group members crew --add ben --remove cyd").with {
      $0.answers = ["updateGroupMembers": [.json(crew)]]
      $0.output = "changed group `crew`: 2 members\n"
      $0.calls = [#"updateGroupMembers {"name":"crew","add":["ben"],"remove":["cyd"]}"#]
    },
    Transcript("group get crew").with {
      $0.answers = ["getGroup": [.json(crew)]]
      $0.output = "name          crew\ndisplay name  The crew\nmembers       ada, ben\n"
    },
    Transcript("group list").with {
      $0.answers = ["listGroups": [.json(#"{"groups":[\#(crew)]}"#)]]
      $0.output = "NAME  MEMBERS  DISPLAY NAME\ncrew  2        The crew\n"
    },
    Transcript("person absence ada --from 2026-12-24 --until 2027-01-02T08:00:00Z --substitute ben").with {
      $0.answers = [
        "setAbsence": [
          .json(
            #"{"handle":"ada","absence":{"from_ms":"1798070400000","until_ms":"1798876800000","substitute":"ben"}}"#)
        ]
      ]
      $0.output = "`ada` is away from 2026-12-24T00:00:00Z until 2027-01-02T08:00:00Z, `ben` stands in\n"
      $0.calls = [
        #"setAbsence {"person":"ada","absence":{"from_ms":"1798070400000","until_ms":"1798876800000","substitute":"ben"}}"#
      ]
    },
    Transcript("person absence ada --end").with {
      $0.answers = ["setAbsence": [.json(#"{"handle":"ada"}"#)]]
      $0.output = "`ada` is there\n"
      $0.calls = [#"setAbsence {"person":"ada"}"#]
    },
    Transcript("person absence ada --until soon").with {
      $0.errors = """
        error: `soon` is no time; write 2026-12-24 or 2026-12-24T08:00:00Z
        Usage: signalbox person absence [<options>] <handle>
          See 'signalbox person absence --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("ticket steal 7 --reason 'she is ill' --expected-version 3").with {
      $0.answers = ["stealTicket": [.json(#"{"ticket":{"number":"7","queue":"Delta","assignee":"cyd"}}"#)]]
      $0.output = "stole ticket 7: in queue `Delta`, assigned to cyd\n"
      $0.calls = [#"stealTicket {"number":"7","expected_version":"3","reason":"she is ill"}"#]
    },
    Transcript("ticket release 7 --reason 'not mine' --expected-version 3").with {
      $0.answers = ["releaseTicket": [.json(#"{"ticket":{"number":"7","queue":"Delta"}}"#)]]
      $0.output = "released ticket 7: in queue `Delta`, unassigned\n"
      $0.calls = [#"releaseTicket {"number":"7","expected_version":"3","reason":"not mine"}"#]
    },
    Transcript("ticket reassign 7 --to-person ada --refer --reason r --expected-version 1").with {
      $0.errors = """
        error: --refer goes with --to-queue
        Usage: signalbox ticket reassign [<options>] <number> --reason <text>
          See 'signalbox ticket reassign --help' for more information.

        """
      $0.status = .usage
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
