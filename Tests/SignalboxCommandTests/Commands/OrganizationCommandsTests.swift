import SignalboxClient
import Testing

@testable import signalbox

@Suite struct OrganizationCommandsTests {
  static let delta = #"{"name":"Delta","kind":"ORGANIZATION_KIND_RESOURCE_PROVIDER","display_name":"Delta, NCSA"}"#
  static let file = "short_name\tkind\tdisplay_name\nDelta\tresource_provider\tDelta, NCSA\nACO\tawardee\tACO\n"

  @Test(arguments: [
    Transcript("organization create Delta --kind resource_provider --display-name 'Delta, NCSA'").with {
      $0.answers = ["createOrganization": [.json(delta)]]
      $0.output = "created organization `Delta`\n"
      $0.calls = ["createOrganization \(delta)"]
    },
    Transcript("organization create Delta").with {
      $0.errors = """
        error: --kind is missing
        Usage: signalbox organization create [<options>] [<name>]
          See 'signalbox organization create --help' for more information.

        """
      $0.status = .usage
    },
    Transcript("organization create --from $DIR/o.tsv --dry-run").with {
      $0.files = ["o.tsv": file.replacing("ACO\tawardee\tACO\n", with: "")]
      $0.answers = ["createOrganization": [.json(delta)]]
      $0.output = "would create organization `Delta`\n"
      $0.calls = ["createOrganization \(delta) dry-run"]
    },
    Transcript("organization create --from $DIR/o.tsv --skip-existing").with {
      $0.files = ["o.tsv": file.replacing("ACO\tawardee\tACO\n", with: "")]
      $0.answers = ["createOrganization": [.refusal(.alreadyExists, "taken")]]
      $0.output = "`Delta` exists already\n"
    },
    Transcript("organization create --from $DIR/o.tsv").with {
      $0.files = ["o.tsv": file.replacing("ACO\tawardee\tACO\n", with: "")]
      $0.answers = ["createOrganization": [.refusal(.alreadyExists, "taken")]]
      $0.errors = """
        $DIR/o.tsv:2: error: taken
        hint: choose another name, or read the one that has it
        error: 1 of 1 line of `$DIR/o.tsv` failed
        hint: correct these lines and send them again

        """
      $0.status = .conflict
    },
    Transcript("organization create --from $DIR/o.tsv").with {
      $0.files = ["o.tsv": file.replacing("awardee", with: "wardee")]
      $0.errors = """
        error: $DIR/o.tsv:3: `wardee` is not a kind; it takes resource_provider, awardee, partner, internal
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("organization get Delta").with {
      $0.answers = ["getOrganization": [.json(delta)]]
      $0.output = "name          Delta\nkind          resource_provider\ndisplay name  Delta, NCSA\n"
      $0.calls = [#"getOrganization {"name":"Delta"}"#]
    },
    Transcript("organization get Delta -o json").with {
      $0.answers = ["getOrganization": [.json(delta)]]
      $0.output = """
        {
          "name": "Delta",
          "kind": "ORGANIZATION_KIND_RESOURCE_PROVIDER",
          "display_name": "Delta, NCSA"
        }

        """
    },
    Transcript("organization get x").with {
      $0.answers = ["getOrganization": [.refusal(.organizationNotFound, "no organization is named `x`")]]
      $0.errors =
        "error: no organization is named `x`\nhint: `signalbox organization list` shows the organizations there are\n"
      $0.status = .notFound
    },
    Transcript("organization list").with {
      $0.answers = ["listOrganizations": [.json(#"{"organizations":[\#(delta)]}"#)]]
      $0.output = "NAME   KIND               DISPLAY NAME\nDelta  resource_provider  Delta, NCSA\n"
    },
    Transcript("organization list -o json").with {
      $0.answers = ["listOrganizations": ["{}"]]
      $0.output = "[]\n"
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
