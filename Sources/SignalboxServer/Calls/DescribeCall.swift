import Foundation
import SignalboxCore
import SignalboxProtocol
import SignalboxWire

enum DescribeCall: ImmediateCall {
  typealias Types = Methods.Describe

  static func answer(_ request: ProtoDescribeRequest, _ context: CallContext) -> ProtoDescribeResponse {
    var response = ProtoDescribeResponse()
    response.software = "signalboxd"
    response.version = ServerVersion.text
    response.serverInstance = Data(context.server.instance)
    response.descriptors = Data(ProtocolDescriptors.serialized)
    response.methods = Method.allCases.map { method in
      var description = ProtoMethodDescription()
      description.number = method.rawValue
      description.path = method.path
      description.effect = ProtoEffect(method.effect)
      description.caller = ProtoCaller(method.caller)
      return description
    }
    response.errors = ErrorReason.allCases.map { reason in
      var description = ProtoErrorDescription()
      description.reason = reason.rawValue
      description.code = reason.code.rawValue
      description.meaning = reason.meaning
      return description
    }
    response.limits = limits(context)
    response.ruleLanguage = 1
    if let principal = context.principal {
      response.caller.tenant = context.server.tenants.name(of: principal.tenant) ?? ""
      response.caller.role = principal.role.rawValue
      if principal.person != nil { response.caller.person = principal.actor.name }
      response.caller.tokenName = principal.tokenName
      response.caller.verbs = principal.verbs?.list.map(\.name) ?? []
    }
    return response
  }

  /// Quotas are the caller's own.
  private static func limits(_ context: CallContext) -> [ProtoLimitDescription] {
    let server = context.server
    let wire = WireLimits.standard
    let limits: [(String, Int, String)] = [
      ("max_frame", wire.maxFrameBytes, "bytes"), ("max_message", wire.maxMessageBytes, "bytes"),
      ("max_streams", wire.maxStreams, "calls"), ("initial_window", wire.initialWindowBytes, "bytes"),
      ("max_metadata", wire.maxMetadataBytes, "bytes"), ("subject", Limits.subjectLength, "characters"),
      ("body", Limits.bodyBytes, "bytes"), ("reason", Limits.reasonLength, "characters"),
      ("page_size", Limits.pageSize, "entries"), ("rule_text", Limits.ruleTextBytes, "bytes"),
      ("queues_per_token", Limits.queuesPerToken, "queues"),
      ("token_lifetime", Int(Limits.longestTokenLifetime / 1_000), "seconds"),
      ("rotation_overlap", Int(Limits.longestRotationOverlap / 1_000), "seconds"),
      ("refused_tokens_per_source", server.limits.authentication.failuresPerSource, "tokens"),
      ("watches_per_connection", server.limits.maximumWatchesPerConnection, "watches"),
      ("calls_per_second_of_tenant", server.limits.callsPerSecondPerTenant, "calls"),
      ("calls_per_second_of_token", server.limits.callsPerSecondPerToken, "calls"),
      ("incomplete_bytes", server.limits.incompleteBytes, "bytes"),
      ("queues_per_watch", server.limits.maximumQueuesPerWatch, "queues"),
      ("document_entries", Limits.documentEntries, "entries"),
      ("unhurried_calls", server.limits.unhurriedCallsPerTenant, "calls"),
      ("replays", server.limits.replaysPerTenant, "replays"),
    ]
    let own = context.principal.map { server.tenants.quotas(of: $0.tenant) } ?? Quotas()
    let quotas = Quota.allCases.map { ($0.rawValue, server.limits.quotas.limit($0, own: own), $0.things) }
    return (limits + quotas).map { name, value, unit in
      var limit = ProtoLimitDescription()
      limit.name = name
      limit.value = UInt64(value)
      limit.unit = unit
      return limit
    }
  }
}

extension ProtoEffect {
  init(_ effect: MethodEffect) {
    switch effect {
    case .none: self = .none
    case .read: self = .read
    case .write: self = .write
    case .watch: self = .watch
    }
  }
}

extension ProtoCaller {
  init(_ caller: MethodCaller) {
    switch caller {
    case .anyone: self = .anyone
    case .tenant: self = .tenant
    case .tenantAdmin: self = .tenantAdmin
    case .systemAdmin: self = .systemAdmin
    }
  }
}
