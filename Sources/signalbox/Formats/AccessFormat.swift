import SignalboxClient

enum AccessFormat {
  static func answer(_ answer: ExplainAccessResponse, person: String, right: String, target: String) -> Shown {
    .one(answer, id: answer.allowed ? "allowed" : "refused") { style in
      var sheet = FactSheet()
      let who = person == "me" ? "you" : "`\(person)`"
      sheet.add("answer", "\(who) may\(answer.allowed ? "" : " not") \(right) on \(target)")
      for reason in answer.because { sheet.add("because", reason) }
      for missing in answer.missing { sheet.add("missing", missing) }
      sheet.add("rights there", answer.rights.map(\.word).joined(separator: ", "))
      return sheet.rendered(style)
    }
  }
}

enum GrantFormat {
  static func one(_ grant: Grant) -> Shown {
    .one(grant, id: "\(grant.id)") { style in
      var sheet = FactSheet()
      sheet.add("grant", "\(grant.id)")
      sheet.add("role", grant.role.word)
      sheet.add("on", grant.place)
      sheet.add("to", grant.holder)
      sheet.add("granted by", grant.grantedBy)
      sheet.add("granted at", Instant.text(milliseconds: grant.grantedAtMs))
      return sheet.rendered(style)
    }
  }

  static func many(_ grants: [Grant]) -> Shown {
    .many(grants, id: { "\($0.id)" }) { style in
      var table = Table("GRANT", "ROLE", "ON", "TO", "BY")
      for grant in grants { table.add("\(grant.id)", grant.role.word, grant.place, grant.holder, grant.grantedBy) }
      return table.rendered(style)
    }
  }
}

extension Grant {
  /// Where it holds, in words.
  var place: String {
    switch scope {
    case .tenant, nil: "the tenant"
    case .organization(let name): "organization \(name)"
    case .queue(let name): "queue \(name)"
    }
  }

  /// Whose it is, in words.
  var holder: String {
    switch grantee {
    case .person(let handle): "person \(handle)"
    case .group(let name): "group \(name)"
    case .token(let name): "token \(name)"
    case nil: ""
    }
  }
}
