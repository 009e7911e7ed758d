import SignalboxClient
import Testing

@testable import signalbox

@Suite struct ContextCommandsTests {
  static let two = """
    contexts:
      demo:
        server: localhost:7443
      work:
        ca: /etc/ca.pem
        server: tickets.example.org:7443
        tenant: access
        token: sesame
    current: work

    """

  @Test(arguments: [
    Transcript("context list").with {
      $0.files = ["config.yaml": two]
      $0.output = """
        CURRENT  NAME  SERVER                    TENANT  TOKEN
                 demo  localhost:7443            -       none
        *        work  tickets.example.org:7443  access  set

        """
      $0.calls = []
    },
    Transcript("context list -o ids").with {
      $0.files = ["config.yaml": two]
      $0.output = "demo\nwork\n"
    },
    Transcript("context show").with {
      $0.files = ["config.yaml": two]
      $0.output = """
        name     work
        current  yes
        server   tickets.example.org:7443
        roots    /etc/ca.pem
        tenant   access
        token    set

        """
    },
    Transcript("context show demo -o yaml").with {
      $0.files = ["config.yaml": two]
      $0.output = "ca: ''\ncurrent: false\nname: demo\nserver: localhost:7443\ntenant: ''\ntoken: none\n"
    },
    Transcript("context show").with {
      $0.errors = "error: no context is current\nhint: make one with `signalbox login`\n"
      $0.status = .notFound
    },
    Transcript("context use demo").with {
      $0.files = ["config.yaml": two]
      $0.output = "context `demo` is current\n"
      $0.filesAfter = ["config.yaml": two.replacing("current: work", with: "current: demo")]
    },
    Transcript("context use other").with {
      $0.files = ["config.yaml": two]
      $0.errors = "error: no context is named `other`\nhint: `signalbox context list` shows the contexts there are\n"
      $0.status = .notFound
      $0.filesAfter = ["config.yaml": two]
    },
    Transcript("context set new --server [::1]:7443 --token-file -").with {
      $0.input = "  token-text \n"
      $0.output = "context `new` is kept\n"
      $0.filesAfter = [
        "config.yaml": "contexts:\n  new:\n    server: '[::1]:7443'\n    token: token-text\ncurrent: new\n"
      ]
    },
    Transcript("context set work --tenant other").with {
      $0.files = ["config.yaml": two]
      $0.output = "context `work` is kept\n"
      $0.filesAfter = ["config.yaml": two.replacing("tenant: access", with: "tenant: other")]
    },
    Transcript("context set new").with {
      $0.errors = "error: context `new` needs a server\nhint: add --server HOST:PORT\n"
      $0.status = .usage
      $0.filesAfter = ["config.yaml": nil]
    },
    Transcript("context remove demo").with {
      $0.files = ["config.yaml": two]
      $0.output = "context `demo` is forgotten\n"
      $0.filesAfter = ["config.yaml": two.replacing("  demo:\n    server: localhost:7443\n", with: "")]
    },
    Transcript("context list").with {
      $0.files = ["config.yaml": "contexts: [1]"]
      $0.errors = """
        error: `$DIR/config.yaml` is not a file of contexts: `contexts` is not of its form
        hint: correct it, or move it away and log in again with `signalbox login`

        """
      $0.status = .usage
    },
    Transcript("login --server box:1 --ca $DIR/ca.pem --name box").with {
      $0.answers = ["describe": [#"{"caller":{"role":"tenant_admin","tenant":"access","token_name":"root"}}"#]]
      $0.output = "logged in to box:1 as token `root`, tenant_admin in tenant `access`; context `box` is current\n"
      $0.filesAfter = [
        "config.yaml": "contexts:\n  box:\n    ca: $DIR/ca.pem\n    server: box:1\n    token: secret\ncurrent: box\n"
      ]
    },
    Transcript("login --server box:1").with {
      $0.files = ["config.yaml": two]
      $0.answers = ["describe": [.refusal(.unauthenticated, "unknown token")]]
      $0.errors =
        "error: unknown token\nhint: log in with `signalbox login`, give `--token-file PATH`, or set SIGNALBOX_TOKEN\n"
      $0.status = .unauthenticated
      // Nothing of the current context.
      $0.calls = ["connect box:1", "describe"]
      $0.filesAfter = ["config.yaml": two]
    },
    Transcript("login --name work").with {
      $0.files = ["config.yaml": two]
      $0.variables = ["SIGNALBOX_TOKEN": "", "SIGNALBOX_SERVER": ""]
      $0.input = "typed\n"
      $0.answers = ["describe": ["{}"]]
      $0.errors = "error: the server does not know this token; nothing was kept\n"
      $0.status = .unauthenticated
      $0.calls = ["connect tickets.example.org:7443 token=typed tenant=access ca=/etc/ca.pem", "describe"]
      $0.filesAfter = ["config.yaml": two]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
