import Foundation
import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TokenCommandsTests {
  static let token = #"{"name":"desk","role":"TOKEN_ROLE_AGENT","person":"odiallo","created_at_ms":"1767225600000"}"#
  static let rotated =
    #"{"token":{"name":"desk","role":"TOKEN_ROLE_AGENT","old_secret_until_ms":"1767232800000"},"secret":"sbx_2"}"#
  static let created = #"{"token":\#(token),"secret":"sbx_1"}"#

  @Test(arguments: [
    Transcript("token create desk --role agent --person odiallo").with {
      $0.answers = ["createToken": [.json(created)]]
      $0.output = "sbx_1\n"
      $0.errors = "created token `desk`, agent\n"
      $0.calls = [#"createToken {"name":"desk","role":"TOKEN_ROLE_AGENT","person":"odiallo"}"#]
    },
    Transcript("token create desk --role agent --person odiallo -o ids").with {
      $0.answers = ["createToken": [.json(created)]]
      $0.output = "sbx_1\n"
      $0.errors = "created token `desk`, agent\n"
    },
    Transcript("token create desk --role agent --person odiallo --secret-file $DIR/secret").with {
      $0.answers = ["createToken": [.json(created)]]
      $0.errors = "created token `desk`, agent\n"
      $0.filesAfter = ["secret": "sbx_1\n"]
    },
    Transcript("token create desk --role agent --person odiallo --secret-file $DIR/secret -o json").with {
      $0.answers = ["createToken": [#"{"token":{"name":"desk"},"secret":"sbx_1"}"#]]
      $0.output = "{\n  \"token\": {\n    \"name\": \"desk\"\n  }\n}\n"
      $0.filesAfter = ["secret": "sbx_1\n"]
    },
    Transcript("token create desk --role agent --person odiallo --secret-file $DIR/secret").with {
      $0.files = ["secret": "older\n"]
      $0.errors = "error: cannot make `$DIR/secret`: File exists\nhint: name a file that does not exist yet\n"
      $0.status = .usage
      $0.calls = []
      $0.filesAfter = ["secret": "older\n"]
    },
    Transcript("token create desk --role agent --person odiallo --secret-file $DIR/secret").with {
      $0.answers = ["createToken": [.refusal(.personNotFound, "no person `odiallo`")]]
      $0.errors = "error: no person `odiallo`\nhint: `signalbox person list` shows the people there are\n"
      $0.status = .notFound
      $0.filesAfter = ["secret": nil]
    },
    Transcript("token create desk --role tenant_admin --idempotency-key k").with {
      $0.answers = ["createToken": [.json(#"{"token":\#(token)}"#)]]
      $0.errors = """
        error: token `desk` was made before with this idempotency key, and its secret was shown then
        hint: revoke it with `signalbox token revoke desk` and make another

        """
      $0.status = .conflict
      $0.calls = [#"createToken {"name":"desk","role":"TOKEN_ROLE_TENANT_ADMIN"} key=k"#]
    },
    Transcript("token create desk --role tenant_admin --dry-run --secret-file $DIR/secret").with {
      $0.answers = ["createToken": [.json(#"{"token":\#(token)}"#)]]
      $0.output = "would create token `desk`, agent\n"
      $0.filesAfter = ["secret": nil]
    },
    Transcript("token list").with {
      $0.answers = [
        "listTokens": [
          .json(
            #"{"tokens":[\#(token),{"name":"old","role":"TOKEN_ROLE_TENANT_ADMIN","revoked":true,"expires_at_ms":"1767225600000","last_used_at_ms":"1767139200000","verbs":["browse","note"]}]}"#
          )
        ]
      ]
      $0.output = """
        NAME  ROLE          PERSON   CREATED               EXPIRES               LAST USED             STATE    VERBS
        desk  agent         odiallo  2026-01-01T00:00:00Z  -                     -                     valid    -
        old   tenant_admin  -        -                     2026-01-01T00:00:00Z  2025-12-31T00:00:00Z  revoked  browse,note

        """
    },
    Transcript("token create desk --role agent --person odiallo --lifetime 90d --queue Delta --queue ACO").with {
      $0.answers = ["createToken": [.json(created)]]
      $0.output = "sbx_1\n"
      $0.errors = "created token `desk`, agent\n"
      $0.calls = [
        #"createToken {"name":"desk","role":"TOKEN_ROLE_AGENT","person":"odiallo","lifetime_ms":"7776000000","queues":["Delta","ACO"]}"#
      ]
    },
    Transcript("token create desk --role client_application --verbs browse,create").with {
      $0.answers = ["createToken": [.json(created)]]
      $0.output = "sbx_1\n"
      $0.errors = "created token `desk`, agent\n"
      $0.calls = [
        #"createToken {"name":"desk","role":"TOKEN_ROLE_CLIENT_APPLICATION","verbs":["browse","create"]}"#
      ]
    },
    Transcript("token create desk --role agent --person odiallo --certificate-uri spiffe://desk/o").with {
      $0.answers = [
        "createToken": [
          .json(
            #"{"token":{"name":"desk","role":"TOKEN_ROLE_AGENT","person":"odiallo","certificate_uri":"spiffe://desk/o"}}"#
          )
        ]
      ]
      $0.output = "created token `desk`, agent\n"
      $0.calls = [
        #"createToken {"name":"desk","role":"TOKEN_ROLE_AGENT","person":"odiallo","certificate_uri":"spiffe://desk/o"}"#
      ]
    },
    Transcript("token rotate desk --overlap 2h --secret-file $DIR/secret").with {
      $0.answers = ["rotateToken": [.json(rotated)]]
      $0.errors = "rotated token `desk`; the old secret is good until 2026-01-01T02:00:00Z\n"
      $0.filesAfter = ["secret": "sbx_2\n"]
      $0.calls = [#"rotateToken {"name":"desk","overlap_ms":"7200000"}"#]
    },
    Transcript("token rotate desk --overlap 0").with {
      $0.answers = ["rotateToken": [.json(rotated)]]
      $0.errors = "rotated token `desk`; the old secret is good until 2026-01-01T02:00:00Z\n"
      $0.output = "sbx_2\n"
      $0.calls = [#"rotateToken {"name":"desk","overlap_ms":"0"}"#]
    },
    Transcript("token rotate desk --dry-run").with {
      $0.answers = ["rotateToken": [.json(rotated)]]
      $0.output = "would rotate token `desk`; the old secret is good until 2026-01-01T02:00:00Z\n"
      $0.calls = [#"rotateToken {"name":"desk"} dry-run"#]
    },
    Transcript("token rotate desk --secret-file $DIR/secret --idempotency-key k").with {
      $0.answers = ["rotateToken": [.json(#"{"token":\#(token)}"#)]]
      $0.errors = """
        error: token `desk` was rotated before with this idempotency key, and its secret was shown then
        hint: rotate it again, without the key

        """
      $0.status = .conflict
      $0.filesAfter = ["secret": nil]
    },
    Transcript("token revoke desk").with {
      $0.errors = "error: this would revoke token `desk` for good\nhint: add --yes when you are sure\n"
      $0.status = .usage
      $0.calls = []
    },
    Transcript("token revoke desk").with {
      $0.terminal = true
      $0.input = "n\n"
      $0.errors = "revoke token `desk` for good? [y/N] error: nothing was changed\n"
      $0.status = .answeredNo
      $0.calls = []
    },
    Transcript("token revoke desk").with {
      $0.terminal = true
      $0.input = "y\n"
      $0.answers = ["revokeToken": [.json(#"{"token":\#(token)}"#)]]
      $0.errors = "revoke token `desk` for good? [y/N] "
      $0.output = "revoked token `desk`\n"
    },
    Transcript("token revoke desk --yes").with {
      $0.answers = ["revokeToken": [.json(#"{"token":\#(token)}"#)]]
      $0.output = "revoked token `desk`\n"
      $0.calls = [#"revokeToken {"name":"desk"}"#]
    },
    Transcript("token revoke desk --dry-run").with {
      $0.answers = ["revokeToken": [.json(#"{"token":\#(token)}"#)]]
      $0.output = "would revoke token `desk`\n"
      $0.calls = [#"revokeToken {"name":"desk"} dry-run"#]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: ["2", "h", "-1h", "1w", "99999999999999999999d", "1.5h"])
  func aTimeIsANumberAndAUnit(_ text: String) async {
    let run = await Program.run(["token", "rotate", "desk", "--overlap", text])
    #expect(run.status == .usage)
    #expect(run.calls.isEmpty)
  }

  @Test func agentNeedsPerson() async {
    let run = await Program.run(["token", "create", "desk", "--role", "agent"])
    #expect(run.status == .usage)
    #expect(run.errors.hasPrefix("error: --role agent needs --person HANDLE\n"))
  }

  /// A secret that could not be shown is gone; a program that nobody listens to any more ends without a word.
  @Test(
    arguments: [
      (ENOSPC, "cannot write to standard output: No space left on device", ExitStatus.internalError),
      (EPIPE, "nobody read it", ExitStatus.outputClosed),
    ])
  func aLostSecretIsSaid(_ code: Int32, _ why: String, _ status: ExitStatus) async {
    let console = FakeConsole()
    let server = FakeServer(["createToken": [.json(Self.created)], "listTokens": [#"{"tokens":[]}"#]])
    var surroundings = console.surroundings(server)
    surroundings.variables = [
      "SIGNALBOX_CONFIG": "/nonexistent/config.yaml", "SIGNALBOX_SERVER": "localhost:7443", "SIGNALBOX_TOKEN": "secret",
    ]
    surroundings.writeOutput = { _ in throw StandardOutput.failure(code) }
    let chosen = surroundings
    let create = ["token", "create", "desk", "--role", "agent", "--person", "odiallo", "-o", "json"]
    let lost = await Surroundings.$current.withValue(chosen) { await Invocation.run(create) }
    #expect(lost == status)
    #expect(
      console.errors == """
        error: the secret of token `desk` is lost: \(why)
        hint: `signalbox token rotate desk` gives the token another one

        """)
    let list = ["token", "list", "-o", "json"]
    let listed = await Surroundings.$current.withValue(chosen) { await Invocation.run(list) }
    #expect(listed == status)
  }
}
