import SignalboxClient

enum DescribeFormat {
  /// Which of the long lists a person asked to see.
  struct Parts: OptionSet {
    let rawValue: Int
    static let methods = Parts(rawValue: 1)
    static let errors = Parts(rawValue: 2)
    static let limits = Parts(rawValue: 4)
  }

  static func one(_ response: DescribeResponse, parts: Parts) -> Shown {
    .one(response, id: HexText.of(response.serverInstance)) { style in
      var text = sheet(response).rendered(style)
      if parts.contains(.methods) { text += "\n" + methods(response.methods).rendered(style) }
      if parts.contains(.errors) { text += "\n" + errors(response.errors).rendered(style) }
      if parts.contains(.limits) { text += "\n" + limits(response.limits).rendered(style) }
      return text
    }
  }

  static func caller(_ caller: CallerDescription) -> String {
    guard !caller.role.isEmpty else { return "nobody: no token was given" }
    let who =
      caller.person.isEmpty ? "token `\(caller.tokenName)`" : "`\(caller.person)` with token `\(caller.tokenName)`"
    let tenant = caller.tenant.isEmpty ? "" : " in tenant `\(caller.tenant)`"
    let limit = caller.verbs.isEmpty ? "" : ", limited to \(caller.verbs.joined(separator: ", "))"
    return "\(who), \(caller.role)\(tenant)\(limit)"
  }

  private static func sheet(_ response: DescribeResponse) -> FactSheet {
    var sheet = FactSheet()
    sheet.add("software", "\(response.software) \(response.version)")
    sheet.add("instance", HexText.of(response.serverInstance))
    sheet.add("rule language", "\(response.ruleLanguage)")
    sheet.add("you are", caller(response.caller))
    sheet.add(
      "knows",
      "\(Count.of(response.methods.count, "method")), \(Count.of(response.errors.count, "reason")), \(Count.of(response.limits.count, "limit"))"
    )
    return sheet
  }

  private static func methods(_ methods: [MethodDescription]) -> Table {
    var table = Table("NUMBER", "EFFECT", "CALLER", "PATH")
    for method in methods {
      table.add("0x" + String(method.number, radix: 16), word(method.effect), word(method.caller), method.path)
    }
    return table
  }

  private static func errors(_ errors: [ErrorDescription]) -> Table {
    var table = Table("REASON", "CODE", "MEANING")
    for error in errors { table.add(error.reason, "\(error.code)", error.meaning) }
    return table
  }

  private static func limits(_ limits: [LimitDescription]) -> Table {
    var table = Table("LIMIT", "VALUE", "UNIT")
    for limit in limits { table.add(limit.name, "\(limit.value)", limit.unit) }
    return table
  }

  private static func word(_ effect: ProtoEffect) -> String {
    switch effect {
    case .unspecified: ""
    case .none: "none"
    case .read: "read"
    case .write: "write"
    case .watch: "watch"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }

  private static func word(_ caller: ProtoCaller) -> String {
    switch caller {
    case .unspecified: ""
    case .anyone: "anyone"
    case .tenant: "tenant"
    case .tenantAdmin: "tenant admin"
    case .systemAdmin: "system admin"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}
