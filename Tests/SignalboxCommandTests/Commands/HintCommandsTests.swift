import SignalboxClient
import Testing

@testable import signalbox

/// Commands that know better than the reason of a refusal what helps.
@Suite struct HintCommandsTests {
  @Test(arguments: [
    Transcript("access grant viewer --person ada --everywhere").with {
      $0.answers = ["grantRole": [.refusal(.alreadyExists, "that role is granted there already, by grant 7")]]
      $0.errors = """
        error: that role is granted there already, by grant 7
        hint: there is nothing to do; `signalbox access list` shows the grants there are

        """
      $0.status = .conflict
    },
    Transcript("queue watcher add Delta ada").with {
      $0.answers = ["addWatcher": [.refusal(.alreadyExists, "`ada` is a watcher of `Delta` already; update that one")]]
      $0.errors = """
        error: `ada` is a watcher of `Delta` already; update that one
        hint: say what it is told of with `signalbox queue watcher set Delta ada --event EVENT`

        """
      $0.status = .conflict
    },
    Transcript("ticket release 7 --reason done --expected-version 2").with {
      $0.answers = ["releaseTicket": [.refusal(.notPermitted, "only its assignee releases a ticket")]]
      $0.errors = """
        error: only its assignee releases a ticket
        hint: `signalbox ticket get 7` shows who has it; what is unassigned needs no release

        """
      $0.status = .refused
    },
    Transcript("queue approve 7").with {
      $0.answers = ["approveQueue": [.refusal(.registrationDecided, "the registration was approved before")]]
      $0.errors = """
        error: the registration was approved before
        hint: `signalbox queue registration ID` shows how it was decided; one that was approved is a queue already

        """
      $0.status = .refused
    },
    // The file is named, which the server does not know.
    Transcript("rules test $DIR/a.rules").with {
      $0.files = ["a.rules": "text"]
      $0.answers = ["testRules": [.refusal(.rulesInvalid, "the rule set has errors: 1:1: a phase is missing")]]
      $0.errors = """
        error: the rule set has errors: 1:1: a phase is missing
        hint: `signalbox rules check $DIR/a.rules` shows each place

        """
      $0.status = .refused
    },
    Transcript("rules diff $DIR/a.rules $DIR/b.rules").with {
      $0.files = ["a.rules": "text", "b.rules": "other"]
      $0.answers = ["diffRules": [.refusal(.rulesInvalid, "the rule set has errors: 1:1: a phase is missing")]]
      $0.errors = """
        error: the rule set has errors: 1:1: a phase is missing
        hint: `signalbox rules check $DIR/a.rules` and `signalbox rules check $DIR/b.rules` show each place

        """
      $0.status = .refused
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
