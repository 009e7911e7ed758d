import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TenantCommandsTests {
  static let tenant =
    #"{"name":"access","display_name":"ACCESS","settings":{"awardee_queue_pattern":"ACCESS-<TRACK>-<Purpose>","categories":["A, b","C"]},"created_at_ms":"1767225600000","revision":"12"}"#

  @Test(arguments: [
    Transcript(
      "tenant create access --display-name ACCESS --awardee-queue-pattern ACCESS-<TRACK>-<Purpose> --categories-file $DIR/categories.txt"
    ).with {
      $0.files = ["categories.txt": "A, b\r\n\n C \n"]
      $0.answers = ["createTenant": [.json(#"{"tenant":\#(tenant)}"#)]]
      $0.output = "created tenant `access`\n"
      $0.calls = [
        #"createTenant {"name":"access","display_name":"ACCESS","settings":{"awardee_queue_pattern":"ACCESS-<TRACK>-<Purpose>","categories":["A, b","C"]}}"#
      ]
    },
    Transcript("tenant create access --dry-run --idempotency-key k1").with {
      $0.answers = ["createTenant": [.json(#"{"tenant":\#(tenant)}"#)]]
      $0.output = "would create tenant `access`\n"
      $0.calls = [#"createTenant {"name":"access","settings":{}} dry-run key=k1"#]
    },
    Transcript("tenant create access").with {
      $0.answers = ["createTenant": [.refusal(.alreadyExists, "tenant `access` exists")]]
      $0.errors = "error: tenant `access` exists\nhint: choose another name, or read the one that has it\n"
      $0.status = .conflict
    },
    Transcript("tenant get").with {
      $0.answers = ["getTenant": [.json(tenant)]]
      $0.output = """
        name             access
        display name     ACCESS
        awardee queues   ACCESS-<TRACK>-<Purpose>
        provider queues  any name
        time zone        UTC
        created          2026-01-01T00:00:00Z
        revision         12
        categories       2
          A, b
          C

        """
      $0.calls = ["getTenant {}"]
    },
    Transcript("tenant get access -o ids").with {
      $0.answers = ["getTenant": [.json(tenant)]]
      $0.output = "access\n"
      $0.calls = ["connect localhost:7443 tenant=access", "getTenant {}"]
    },
    Transcript("tenant set access --quota people_per_tenant=500 --quota queues_per_tenant=standard").with {
      $0.answers = [
        "getTenant": [
          .json(#"{"name":"access","quotas":[{"name":"queues_per_tenant","value":"7"},{"name":"tickets_per_tenant"}]}"#)
        ],
        "updateTenantSettings": [.json(tenant)],
      ]
      $0.output = "changed the settings of tenant `access`\n"
      $0.calls = [
        "connect localhost:7443 tenant=access", "getTenant {}",
        #"updateTenantSettings {"quotas":{"values":[{"name":"tickets_per_tenant"},{"name":"people_per_tenant","value":"500"}]}}"#,
      ]
    },
    Transcript("tenant get").with {
      $0.answers = [
        "getTenant": [
          .json(#"{"name":"a","quotas":[{"name":"people_per_tenant","value":"7"},{"name":"tickets_per_tenant"}]}"#)
        ]
      ]
      $0.output = """
        name             a
        awardee queues   any name
        provider queues  any name
        time zone        UTC
        revision         0
        categories       any
        quota            people_per_tenant 7
        quota            tickets_per_tenant none

        """
    },
    Transcript("tenant list").with {
      $0.answers = [
        "listTenants": [.json(#"{"tenants":[\#(tenant)],"next_page":"p2"}"#), #"{"tenants":[{"name":"demo"}]}"#]
      ]
      $0.output = """
        NAME    REVISION  CREATED               DISPLAY NAME
        access  12        2026-01-01T00:00:00Z  ACCESS
        demo    0         -                     -

        """
      $0.calls = [#"listTenants {"page_size":200}"#, #"listTenants {"page_size":199,"page":"p2"}"#]
    },
    Transcript("tenant list --limit 1 -o ids").with {
      $0.answers = ["listTenants": [.json(#"{"tenants":[\#(tenant)],"next_page":"p2"}"#)]]
      $0.output = "access\n"
      $0.errors = "there are more than 1; see them with --limit\n"
      $0.calls = [#"listTenants {"page_size":1}"#]
    },
    Transcript("tenant set access --awardee-queue-pattern ''").with {
      $0.answers = ["getTenant": [.json(tenant)], "updateTenantSettings": [#"{"name":"access"}"#]]
      $0.output = "changed the settings of tenant `access`\n"
      $0.calls = [
        "connect localhost:7443 tenant=access", "getTenant {}",
        #"updateTenantSettings {"settings":{"categories":["A, b","C"]}}"#,
      ]
    },
    Transcript("tenant set access --time-zone Europe/Berlin").with {
      $0.answers = ["getTenant": [.json(tenant)], "updateTenantSettings": [#"{"name":"access"}"#]]
      $0.output = "changed the settings of tenant `access`\n"
      $0.calls = [
        "connect localhost:7443 tenant=access", "getTenant {}",
        #"updateTenantSettings {"settings":{"awardee_queue_pattern":"ACCESS-<TRACK>-<Purpose>","categories":["A, b","C"],"time_zone":"Europe/Berlin"}}"#,
      ]
    },
    Transcript("tenant set").with {
      $0.errors = """
        error: name at least one setting to change
        Usage: signalbox tenant set [<options>] [<name>]
          See 'signalbox tenant set --help' for more information.

        """
      $0.status = .usage
      $0.calls = []
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
