import SignalboxClient
import Testing

@testable import signalbox

@Suite struct WatcherCommandsTests {
  static let events = #""events":["WATCHER_EVENT_ARRIVALS","WATCHER_EVENT_STATUS"]"#
  static let ada =
    #"{"queue":"Delta","who":"ada",\#(events),"state":"WATCHER_STATE_ACTIVE","added_by":"ada","added_at_ms":"1767225600000"}"#
  static let pending =
    #"{"queue":"Delta","who":"desk@example.org",\#(events),"state":"WATCHER_STATE_PENDING","added_by":"ada","added_at_ms":"1767225600000"}"#
  static let confirmed = pending.replacing("PENDING\"", with: #"ACTIVE","confirmed_at_ms":"1767312000000""#)
  static let out = ada.replacing("ACTIVE\"", with: #"OPTED_OUT","opted_out_at_ms":"1767312000000""#)

  @Test(arguments: [
    Transcript("queue watcher add Delta desk@example.org --event arrivals --event status").with {
      $0.answers = ["addWatcher": [.json(pending)]]
      $0.output =
        "added `desk@example.org` to the watchers of `Delta`: told nothing until the address is confirmed\n"
      $0.calls = [#"addWatcher {"queue":"Delta","who":"desk@example.org",\#(events)}"#]
    },
    Transcript("queue watcher add Delta desk@example.org --confirm --dry-run").with {
      $0.answers = ["addWatcher": [.json(confirmed)]]
      $0.output = "would add `desk@example.org` to the watchers of `Delta`: told of arrivals, status\n"
      $0.calls = [#"addWatcher {"queue":"Delta","who":"desk@example.org","confirm":true} dry-run"#]
    },
    Transcript("queue watcher add Delta ada").with {
      $0.answers = ["addWatcher": [.refusal(.watcherOptedOut, "`ada` opted out of being a watcher of `Delta`")]]
      $0.errors = """
        error: `ada` opted out of being a watcher of `Delta`
        hint: `signalbox queue watcher opt-in QUEUE` takes it back, for the watcher alone

        """
      $0.status = .refused
    },
    Transcript("queue watcher list Delta").with {
      $0.answers = ["listWatchers": [.json(#"{"watchers":[\#(ada),\#(pending),\#(confirmed),\#(out)]}"#)]]
      $0.output = """
        WHO               EVENTS            STATE      SINCE                 CONFIRMED BY
        ada               arrivals, status  active     2026-01-01T00:00:00Z  -
        desk@example.org  arrivals, status  pending    2026-01-01T00:00:00Z  -
        desk@example.org  arrivals, status  active     2026-01-02T00:00:00Z  itself
        ada               arrivals, status  opted_out  2026-01-02T00:00:00Z  -

        """
      $0.calls = [#"listWatchers {"queue":"Delta"}"#]
    },
    Transcript("queue watcher list Delta -o ids").with {
      $0.answers = ["listWatchers": [.json(#"{"watchers":[\#(ada),\#(pending)]}"#)]]
      $0.output = "ada\ndesk@example.org\n"
    },
    Transcript("queue watcher set Delta ada --event status --event arrivals").with {
      $0.answers = ["updateWatcher": [.json(ada)]]
      $0.output = "changed watcher `ada` of `Delta`: told of arrivals, status\n"
      $0.calls = [
        #"updateWatcher {"queue":"Delta","who":"ada","events":["WATCHER_EVENT_STATUS","WATCHER_EVENT_ARRIVALS"]}"#
      ]
    },
    Transcript("queue watcher remove Delta ada").with {
      $0.answers = ["removeWatcher": [.json(ada)]]
      $0.output = "removed `ada` from the watchers of `Delta`\n"
      $0.calls = [#"removeWatcher {"queue":"Delta","who":"ada"}"#]
    },
    Transcript("queue watcher confirm Delta desk@example.org").with {
      $0.answers = ["confirmWatcher": [.json(confirmed)]]
      $0.output = "confirmed `desk@example.org` as a watcher of `Delta`: told of arrivals, status\n"
      $0.calls = [#"confirmWatcher {"watcher":{"queue":"Delta","who":"desk@example.org"}}"#]
    },
    Transcript("queue watcher confirm --mail-token-file $DIR/token").with {
      $0.files = ["token": "sbw1.secret\n"]
      $0.answers = ["confirmWatcher": [.json(confirmed)]]
      $0.output = "confirmed `desk@example.org` as a watcher of `Delta`: told of arrivals, status\n"
      $0.calls = [#"confirmWatcher {"token":"sbw1.secret"}"#]
    },
    Transcript("queue watcher resend Delta desk@example.org").with {
      $0.answers = ["sendWatcherConfirmation": [.json(pending)]]
      $0.output = "sent `desk@example.org` its mail as a watcher of `Delta`; the token it had is void\n"
      $0.calls = [#"sendWatcherConfirmation {"queue":"Delta","who":"desk@example.org"}"#]
    },
    Transcript("queue watcher opt-out Delta").with {
      $0.answers = ["optOutWatcher": [.json(out)]]
      $0.output = "`ada` opted out of the mails of `Delta`: told nothing, opted out\n"
      $0.calls = [#"optOutWatcher {"queue":"Delta"}"#]
    },
    Transcript("queue watcher opt-out --mail-token-file -").with {
      $0.input = "sbw1.secret\n"
      $0.answers = ["optOutWatcher": [.json(out)]]
      $0.output = "`ada` opted out of the mails of `Delta`: told nothing, opted out\n"
      $0.calls = [#"optOutWatcher {"token":"sbw1.secret"}"#]
    },
    Transcript("queue watcher opt-in Delta").with {
      $0.answers = ["optInWatcher": [.json(ada)]]
      $0.output = "`ada` opted in to the mails of `Delta`: told of arrivals, status\n"
      $0.calls = [#"optInWatcher {"queue":"Delta"}"#]
    },
    Transcript("queue approve 7 --confirm-addresses").with {
      $0.answers = ["approveQueue": [#"{"queue":{"name":"Delta"}}"#]]
      $0.output = "approved registration 7: queue `Delta` is active\n"
      $0.calls = [#"approveQueue {"registration":"7","confirm_addresses":true}"#]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [
    "set Delta ada", "confirm Delta", "confirm", "confirm Delta a@b.example --mail-token-file x", "opt-out",
    "opt-in Delta --mail-token-file x", "add Delta ada --event sleep",
  ])
  func misuse(_ line: String) async {
    let run = await Program.run(["queue", "watcher"] + line.split(separator: " ").map(String.init))
    #expect(run.status == .usage)
    #expect(run.calls.isEmpty)
  }
}
