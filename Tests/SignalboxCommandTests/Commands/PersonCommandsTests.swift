import SignalboxClient
import Testing

@testable import signalbox

@Suite struct PersonCommandsTests {
  static let person =
    #"{"handle":"odiallo","display_name":"Ousmane Diallo","email":"o@delta.example.edu","organization":"Delta"}"#

  @Test(arguments: [
    Transcript("person create odiallo --display-name 'Ousmane Diallo' --email o@delta.example.edu --organization Delta")
      .with {
        $0.answers = ["createPerson": [.json(person)]]
        $0.output = "created person `odiallo`\n"
        $0.calls = ["createPerson \(person)"]
      },
    Transcript("person create --from - --idempotency-key day1").with {
      $0.input =
        "email\thandle\torganization\tdisplay_name\trole\no@delta.example.edu\todiallo\tDelta\tOusmane Diallo\tagent\n"
      $0.answers = ["createPerson": [.json(person)]]
      $0.output = "created person `odiallo`\n"
      $0.calls = ["createPerson \(person) key=day1-2"]
    },
    Transcript("person create --from -").with {
      $0.input = "name\torganization\nx\ty\n"
      $0.errors = """
        error: -:1: the header names no column `handle`
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("person get odiallo").with {
      $0.answers = ["getPerson": [.json(person)]]
      $0.output = """
        handle        odiallo
        display name  Ousmane Diallo
        email         o@delta.example.edu
        organization  Delta

        """
      $0.calls = [#"getPerson {"handle":"odiallo"}"#]
    },
    Transcript("person list").with {
      $0.answers = ["listPeople": [.json(#"{"people":[\#(person)]}"#)]]
      $0.output = """
        HANDLE   ORGANIZATION  EMAIL                DISPLAY NAME
        odiallo  Delta         o@delta.example.edu  Ousmane Diallo

        """
    },
    Transcript("person list -o yaml").with {
      $0.answers = ["listPeople": [#"{"people":[{"handle":"yes","display_name":"12"}]}"#]]
      $0.output = "- handle: 'yes'\n  display_name: '12'\n"
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
