import Foundation
import SignalboxProtocol
import SignalboxTestKit
import SwiftProtobuf
import Testing

@testable import SignalboxClient

/// Every method, with every field that names something, under every kind of credential: what another tenant has answers
/// exactly like what nobody has. Generated from the descriptors: a field that is not classified fails the test, a method
/// without a sample does not compile.
struct ForeignIdentifierTests {
  /// What a field names, or that it names nothing.
  enum Meaning {
    case ticket, queue, person, organization, group, grant, registration, token, rules, version, page, cursor
    /// The server's own; only system admins name one, and they may name any.
    case tenant
    case nothing
  }

  /// One name of each kind, as JSON has it.
  struct Names: Sendable {
    var ticket: UInt64 = 0, grant: UInt64 = 0, registration: UInt64 = 0
    var queue = "", person = "", organization = "", group = "", token = "", page = "", cursor = ""
    /// Of a configuration that is kept.
    var version: UInt64 = 0
    var rules = Data()

    /// Nobody has these.
    static let absent: Names = {
      var names = Names()
      (names.ticket, names.grant, names.registration, names.version) = (999_999, 999_999, 999_999, 999_999)
      (names.queue, names.person, names.organization) = ("Absent", "absent", "Absent")
      (names.group, names.token) = ("absent", "absent")
      // Of the length of real ones, and not authentic.
      names.page = String(repeating: "A", count: 32)
      names.cursor = names.page
      names.rules = Data(repeating: 7, count: 32)
      return names
    }()

    func value(_ meaning: Meaning) -> String? {
      switch meaning {
      case .ticket: "\(ticket)"
      case .queue: queue
      case .person: person
      case .organization: organization
      case .group: group
      case .grant: "\(grant)"
      case .registration: "\(registration)"
      case .version: "\(version)"
      case .token: token
      case .rules: rules.base64EncodedString()
      case .page: page
      case .cursor: cursor
      case .tenant, .nothing: nil
      }
    }

    /// In an answer these names, and the hash in its other spelling, are as good as none.
    func masked(_ text: String) -> String {
      var text = text
      let hex = rules.map { String(format: "%02x", $0) }.joined()
      let all = [queue, person, organization, group, token, page, cursor, rules.base64EncodedString(), hex]
      for name in all.sorted(by: { $0.count > $1.count }) where !name.isEmpty {
        text = text.replacingOccurrences(of: name, with: "•")
      }
      for number in Set([ticket, grant, registration, version]) {
        text = text.replacingOccurrences(of: "\\b\(number)\\b", with: "•", options: .regularExpression)
      }
      return text
    }
  }

  private static let messages: [String: Google_Protobuf_DescriptorProto] = {
    let files = try? Google_Protobuf_FileDescriptorSet(serializedBytes: ProtocolDescriptors.serialized)
    var messages: [String: Google_Protobuf_DescriptorProto] = [:]
    for file in files?.file ?? [] where file.package == "signalbox.v1" {
      for message in file.messageType { messages[message.name] = message }
    }
    return messages
  }()

  /// A field of a request: where it stands, and what it names.
  struct Field {
    var path: [String]
    /// Members of the same `oneof`s, which cannot stand beside it.
    var rivals: [[String]]
    var isRepeated: Bool
    var meaning: Meaning
  }

  static func fields(of message: String, at path: [String] = []) throws -> [Field] {
    let descriptor = try #require(messages[message], "no descriptor of \(message)")
    return try descriptor.field.flatMap { field -> [Field] in
      let rivals =
        field.hasOneofIndex
        ? descriptor.field.filter { $0.hasOneofIndex && $0.oneofIndex == field.oneofIndex && $0.name != field.name }
          .map { path + [$0.name] } : []
      let type = String(field.typeName.split(separator: ".").last ?? "")
      // The entries of a map are messages within the message.
      let isMap = descriptor.nestedType.contains { $0.name == type && $0.options.mapEntry }
      if field.type == .message, type != "TextList", !isMap {
        let step = field.label == .repeated ? field.name + "[]" : field.name
        return try fields(of: type, at: path + [step]).map {
          var inner = $0
          inner.rivals += rivals
          return inner
        }
      }
      guard let meaning = meaning(of: field.name, in: message) else {
        Issue.record("\(message).\(field.name): say in ForeignIdentifierTests what it names, or that it names nothing")
        return []
      }
      // A list that may be left out is a message around its values.
      let place = path + (type == "TextList" ? [field.name, "values"] : [field.name])
      return [
        Field(
          path: place, rivals: rivals, isRepeated: field.label == .repeated || type == "TextList", meaning: meaning)
      ]
    }
  }

  /// The request with one field changed.
  static func changed<Request: Message>(_ request: Request, _ field: Field, to value: String) throws -> Request {
    var options = JSONEncodingOptions()
    options.preserveProtoFieldNames = true
    let text = try request.jsonString(options: options)
    var object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    for rival in field.rivals { set(&object, rival[...], to: nil) }
    set(&object, field.path[...], to: field.isRepeated ? [value] as Any : value)
    return try Request(jsonUTF8Data: JSONSerialization.data(withJSONObject: object))
  }

  // MARK: The calls

  /// What a caller learns, as text.
  private static func outcome(_ names: Names, _ body: () async throws -> any Message) async throws -> String {
    do {
      return names.masked("answer " + (try await body().jsonString()))
    } catch let error as ClientError {
      return names.masked("\(error.code) \(error.reasonText) \(error.message) \(error.violations.map(\.description))")
    }
  }

  private static func compare<Types: MethodTypes>(
    _ types: Types.Type, _ sample: Types.Request, theirs: Names, as who: String, _ client: SignalboxClient
  ) async throws {
    let name = String(Types.Request.protoMessageName.split(separator: ".").last ?? "")
    for field in try fields(of: name) {
      guard let foreign = theirs.value(field.meaning), let absent = Names.absent.value(field.meaning) else { continue }
      var seen: [String] = []
      for (names, value) in [(theirs, foreign), (Names.absent, absent)] {
        let request = try changed(sample, field, to: value)
        seen.append(try await outcome(names) { try await answer(types, request, client) })
      }
      #expect(seen[0] == seen[1], "\(Types.method.path), \(field.path.joined(separator: ".")), as \(who)")
    }
  }

  private static func answer<Types: MethodTypes>(
    _ types: Types.Type, _ request: Types.Request, _ client: SignalboxClient
  ) async throws -> any Message {
    if let request = request as? WatchTicketsRequest {
      for try await response in client.tickets.watch(request) { return response }
      return WatchTicketsResponse()
    }
    if let request = request as? ReplayRulesRequest {
      var last = ReplayRulesResponse()
      for try await response in client.rules.replay(request) { last = response }
      return last
    }
    var options = CallOptions()
    // Nothing is kept, so that both calls find the same.
    options.dryRun = types.method.effect == .write
    return try await client.runner.call(types, request, options)
  }

  /// A good request of the caller's own tenant for each method.
  private static func check(
    _ method: SignalboxProtocol.Method, ours: Names, theirs: Names, as who: String, _ client: SignalboxClient
  ) async throws {
    func run<Types: MethodTypes>(_ types: Types.Type, _ fill: (inout Types.Request) -> Void = { _ in }) async throws {
      try await compare(types, Types.Request.with(fill), theirs: theirs, as: who, client)
    }
    switch method {
    case .ping, .describe: break
    case .createTenant, .getTenant, .updateTenantSettings: break
    case .listTenants: try await run(Methods.ListTenants.self)
    case .createOrganization: try await run(Methods.CreateOrganization.self) { $0.kind = .partner }
    case .getOrganization: try await run(Methods.GetOrganization.self)
    case .listOrganizations: try await run(Methods.ListOrganizations.self)
    case .createPerson: try await run(Methods.CreatePerson.self) { $0.email = "new@example.org" }
    case .getPerson: try await run(Methods.GetPerson.self)
    case .listPeople: try await run(Methods.ListPeople.self)
    case .setAbsence:
      try await run(Methods.SetAbsence.self) {
        $0.person = ours.person
        ($0.absence.fromMs, $0.absence.untilMs) = (ManualClock.start, ManualClock.start + 60_000)
      }
    case .createToken: try await run(Methods.CreateToken.self) { ($0.name, $0.role) = ("new", .agent) }
    case .listTokens: try await run(Methods.ListTokens.self)
    case .revokeToken: try await run(Methods.RevokeToken.self)
    case .rotateToken: try await run(Methods.RotateToken.self)
    case .exportAudit: try await run(Methods.ExportAudit.self)
    case .registerQueue:
      try await run(Methods.RegisterQueue.self) {
        ($0.name, $0.kind, $0.organization) = ("New", .resourceProvider, ours.organization)
        ($0.agents, $0.defaultAssignee, $0.additional) = ([ours.person], ours.person, true)
      }
    case .approveQueueRegistration: try await run(Methods.ApproveQueueRegistration.self)
    case .declineQueueRegistration: try await run(Methods.DeclineQueueRegistration.self) { $0.answer = "no" }
    case .updateQueueRegistration:
      try await run(Methods.UpdateQueueRegistration.self) {
        ($0.registration, $0.description_p) = (ours.registration, "more")
      }
    case .submitQueueRegistration: try await run(Methods.SubmitQueueRegistration.self)
    case .requestRegistrationChanges: try await run(Methods.RequestRegistrationChanges.self) { $0.answer = "more" }
    case .withdrawQueueRegistration: try await run(Methods.WithdrawQueueRegistration.self)
    case .commentQueueRegistration: try await run(Methods.CommentQueueRegistration.self) { $0.comment = "hello" }
    case .getRegistrationHistory:
      try await run(Methods.GetRegistrationHistory.self) { $0.registration = ours.registration }
    case .lintQueueRegistration:
      try await run(Methods.LintQueueRegistration.self) { $0.registration = ours.registration }
    case .planQueueRegistration: try await run(Methods.PlanQueueRegistration.self)
    case .getQueue: try await run(Methods.GetQueue.self)
    case .listQueues: try await run(Methods.ListQueues.self)
    case .getQueueRegistration: try await run(Methods.GetQueueRegistration.self)
    case .listQueueRegistrations: try await run(Methods.ListQueueRegistrations.self)
    case .retireQueue: try await run(Methods.RetireQueue.self)
    case .putRules: try await run(Methods.PutRules.self) { $0.text = HelpDesk.rules }
    case .getRules: try await run(Methods.GetRules.self)
    case .checkRules: try await run(Methods.CheckRules.self) { $0.text = HelpDesk.rules }
    case .activateRules: try await run(Methods.ActivateRules.self)
    case .listRuleSets: try await run(Methods.ListRuleSets.self)
    case .listRuleActivations: try await run(Methods.ListRuleActivations.self)
    case .diffRules: try await run(Methods.DiffRules.self) { $0.afterText = HelpDesk.rules }
    case .formatRules: try await run(Methods.FormatRules.self) { $0.text = HelpDesk.rules }
    case .testRules: try await run(Methods.TestRules.self)
    case .whyNotRule: try await run(Methods.WhyNotRule.self) { ($0.rule, $0.ticket) = ("storage", ours.ticket) }
    case .replayRules: try await run(Methods.ReplayRules.self) { $0.limit = 1 }
    case .setShadowRules: try await run(Methods.SetShadowRules.self)
    case .getShadowRules: try await run(Methods.GetShadowRules.self)
    case .listShadowDifferences: try await run(Methods.ListShadowDifferences.self)
    case .createTicket:
      try await run(Methods.CreateTicket.self) { ($0.subject, $0.requester) = ("s", "u@lab.example.edu") }
    case .getTicket: try await run(Methods.GetTicket.self)
    case .listTickets: try await run(Methods.ListTickets.self)
    case .takeTicket: try await run(Methods.TakeTicket.self) { ($0.number, $0.expectedVersion) = (ours.ticket, 1) }
    case .stealTicket:
      try await run(Methods.StealTicket.self) { ($0.number, $0.expectedVersion, $0.reason) = (ours.ticket, 1, "r") }
    case .releaseTicket:
      try await run(Methods.ReleaseTicket.self) { ($0.number, $0.expectedVersion, $0.reason) = (ours.ticket, 1, "r") }
    case .reassignTicket:
      try await run(Methods.ReassignTicket.self) {
        ($0.number, $0.expectedVersion, $0.reason, $0.toQueue) = (ours.ticket, 1, "r", ours.queue)
      }
    case .getTicketHistory: try await run(Methods.GetTicketHistory.self) { $0.number = ours.ticket }
    case .watchTickets: try await run(Methods.WatchTickets.self) { $0.queues = [ours.queue] }
    case .whyTicket: try await run(Methods.WhyTicket.self)
    case .grantRole:
      try await run(Methods.GrantRole.self) { ($0.role, $0.person, $0.queue) = (.auditor, ours.person, ours.queue) }
    case .revokeGrant: try await run(Methods.RevokeGrant.self)
    case .listGrants: try await run(Methods.ListGrants.self)
    case .createGroup: try await run(Methods.CreateGroup.self) { $0.name = "new" }
    case .updateGroupMembers: try await run(Methods.UpdateGroupMembers.self) { $0.name = ours.group }
    case .getGroup: try await run(Methods.GetGroup.self)
    case .listGroups: try await run(Methods.ListGroups.self)
    case .planConfiguration: try await run(Methods.PlanConfiguration.self) { $0.document = TenantDocument() }
    case .applyConfiguration: try await run(Methods.ApplyConfiguration.self) { $0.document = TenantDocument() }
    case .exportConfiguration: try await run(Methods.ExportConfiguration.self)
    case .listConfigurationVersions: try await run(Methods.ListConfigurationVersions.self)
    case .getConfigurationVersion: try await run(Methods.GetConfigurationVersion.self)
    case .rollbackConfiguration: try await run(Methods.RollbackConfiguration.self)
    case .explainAccess:
      try await run(Methods.ExplainAccess.self) { ($0.right, $0.queue) = (.browse, ours.queue) }
    case .updateTicket:
      try await run(Methods.UpdateTicket.self) {
        ($0.number, $0.expectedVersion, $0.status) = (ours.ticket, 1, .pending)
      }
    case .commentTicket: try await run(Methods.CommentTicket.self) { ($0.number, $0.body) = (ours.ticket, "b") }
    case .noteTicket: try await run(Methods.NoteTicket.self) { ($0.number, $0.body) = (ours.ticket, "b") }
    case .listTicketComments: try await run(Methods.ListTicketComments.self) { $0.number = ours.ticket }
    case .addWatcher:
      try await run(Methods.AddWatcher.self) { ($0.queue, $0.who) = (ours.queue, "new@example.org") }
    case .updateWatcher:
      try await run(Methods.UpdateWatcher.self) { ($0.queue, $0.who, $0.events) = (ours.queue, ours.person, [.status]) }
    case .removeWatcher: try await run(Methods.RemoveWatcher.self) { ($0.queue, $0.who) = (ours.queue, ours.person) }
    case .listWatchers: try await run(Methods.ListWatchers.self)
    case .confirmWatcher:
      try await run(Methods.ConfirmWatcher.self) {
        ($0.watcher.queue, $0.watcher.who) = (ours.queue, "ours@example.org")
      }
    case .sendWatcherConfirmation:
      try await run(Methods.SendWatcherConfirmation.self) { ($0.queue, $0.who) = (ours.queue, "ours@example.org") }
    case .optOutWatcher: try await run(Methods.OptOutWatcher.self) { $0.queue = ours.queue }
    case .optInWatcher: try await run(Methods.OptInWatcher.self) { $0.queue = ours.queue }
    case .setPresence: try await run(Methods.SetPresence.self) { ($0.person, $0.presence) = (ours.person, .away) }
    case .setCapacity: try await run(Methods.SetCapacity.self) { ($0.person, $0.units) = (ours.person, 5) }
    case .assignTicket:
      try await run(Methods.AssignTicket.self) {
        ($0.number, $0.expectedVersion, $0.order) = (ours.ticket, 1, .roundRobin)
      }
    case .acceptTicket: try await run(Methods.AcceptTicket.self) { ($0.number, $0.expectedVersion) = (ours.ticket, 1) }
    case .rejectTicket: try await run(Methods.RejectTicket.self) { ($0.number, $0.expectedVersion) = (ours.ticket, 1) }
    case .listOffers: try await run(Methods.ListOffers.self)
    case .listAgents: try await run(Methods.ListAgents.self) { $0.queue = ours.queue }
    }
  }

  // MARK: The tenants

  /// A desk with one thing of every kind beside those that every desk has.
  private static func furnish(
    _ desk: HelpDesk, _ prefix: String, padding: Int, _ server: TestServer
  ) async throws -> Names {
    try await server.with(token: desk.admin) { client in
      var names = Names()
      for index in 0..<padding { _ = try await client.tickets.create(HelpDesk.ticket("gpu \(index)")) }
      names.organization = try await client.organizations.create(
        .with { ($0.name, $0.kind) = ("\(prefix)Org", .resourceProvider) }
      ).name
      names.person = try await client.people.create(
        .with { ($0.handle, $0.organization) = ("\(prefix)person", names.organization) }
      ).handle
      names.group = try await client.access.createGroup(
        .with { ($0.name, $0.members) = ("\(prefix)group", [names.person]) }
      ).name
      let asked = RegisterQueueRequest.with {
        ($0.name, $0.kind, $0.organization) = ("\(prefix)Queue", .resourceProvider, names.organization)
        ($0.agents, $0.keywords) = ([names.person], ["\(prefix)word"])
        $0.watchers = [names.person, "\(prefix)s@example.org"]
      }
      let registration = try await client.queues.register(asked)
      names.queue = try await client.queues.approve(.with { $0.registration = registration.id }).queue.name
      var other = asked
      other.name = "\(prefix)Annex"
      other.additional = true
      names.registration = try await client.queues.register(other).id
      names.grant = try await client.access.grant(
        .with { ($0.role, $0.group, $0.queue) = (.viewer, names.group, names.queue) }
      ).id
      names.token = "\(prefix)token"
      _ = try await HelpDesk.token(names.token, role: .viewer, person: "", client: client)
      names.rules = try await client.rules.put(
        .with { $0.text = HelpDesk.rules.replacing("version 1", with: "version \(padding)") }
      ).hash
      let document = TenantDocument.with { $0.settings.categories = ["\(prefix)category", "Storage"] }
      names.version = try await client.configurations.apply(.with { $0.document = document }).version
      let ticket = try await client.tickets.create(HelpDesk.ticket("\(prefix)word"))
      (names.ticket, names.cursor) = (ticket.number, ticket.cursor)
      names.page = try await client.tickets.list(.with { $0.pageSize = 1 }).nextPage
      return names
    }
  }

  @Test func anotherTenantsNamesAreNobodys() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("ours", on: server)
      let other = try await HelpDesk.open("theirs", on: server)
      let ours = try await Self.furnish(desk, "our", padding: 3, server)
      // Far enough ahead that none of its numbers is one of ours.
      let theirs = try await Self.furnish(other, "their", padding: 60, server)
      var callers = ["admin": desk.admin, "agent": desk.tokens["ada"] ?? "", "other agent": desk.tokens["cyd"] ?? ""]
      try await server.with(token: desk.admin) { client in
        for role in [TokenRole.clientApplication, .viewer, .auditor] {
          callers["\(role)"] = try await HelpDesk.token("t\(role.rawValue)", role: role, person: "", client: client)
        }
        callers["stranger"] = try await HelpDesk.token("stranger", role: .agent, person: ours.person, client: client)
      }
      for (who, token) in callers.sorted(by: { $0.key < $1.key }) {
        try await server.with(token: token) { client in
          for method in SignalboxProtocol.Method.allCases {
            try await Self.check(method, ours: ours, theirs: theirs, as: who, client)
          }
        }
      }
    }
  }

  /// The same key in two tenants is two keys.
  @Test func idempotencyKeysBelongToTheirTenant() async throws {
    try await TestServer.run { server in
      var options = CallOptions()
      options.idempotencyKey = Array("one and the same".utf8)
      let keyed = options
      var subjects: [String] = []
      for tenant in ["ours", "theirs"] {
        let desk = try await HelpDesk.open(tenant, on: server)
        let subject = try await server.with(token: desk.admin) { client in
          let created = try await client.tickets.create(HelpDesk.ticket("gpu of \(tenant)"), options: keyed)
          return try await client.tickets.get(.with { $0.number = created.number }).subject
        }
        subjects.append(subject)
      }
      #expect(subjects == ["gpu of ours", "gpu of theirs"])
    }
  }
}
