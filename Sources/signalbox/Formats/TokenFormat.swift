import SignalboxClient

enum TokenFormat {
  static func one(_ token: Token) -> Shown {
    .one(token, id: token.name) { style in
      var sheet = FactSheet()
      sheet.add("name", token.name)
      sheet.add("role", token.role.word)
      sheet.add("person", token.person)
      sheet.add("created", Instant.text(milliseconds: token.createdAtMs))
      sheet.add("expires", Instant.text(milliseconds: token.expiresAtMs))
      sheet.add("last used", Instant.text(milliseconds: token.lastUsedAtMs))
      sheet.add("old secret until", Instant.text(milliseconds: token.oldSecretUntilMs))
      sheet.add("queues", token.queues.joined(separator: ", "))
      sheet.add("verbs", token.verbs.joined(separator: ", "))
      sheet.add("certificate", certificate(token))
      sheet.add("revoked", token.revoked ? "yes" : "no")
      return sheet.rendered(style)
    }
  }

  static func many(_ tokens: [Token]) -> Shown {
    .many(tokens, id: \.name) { style in
      var table = Table("NAME", "ROLE", "PERSON", "CREATED", "EXPIRES", "LAST USED", "STATE", "VERBS")
      for token in tokens {
        table.add(
          token.name, token.role.word, token.person, Instant.text(milliseconds: token.createdAtMs),
          Instant.text(milliseconds: token.expiresAtMs), Instant.text(milliseconds: token.lastUsedAtMs),
          token.revoked ? "revoked" : "valid", token.verbs.joined(separator: ","))
      }
      return table.rendered(style)
    }
  }

  private static func certificate(_ token: Token) -> String {
    switch token.certificate {
    case .certificateUri(let name): "URI \(name)"
    case .certificateDns(let name): "DNS \(name)"
    case .certificateEmail(let name): "e-mail \(name)"
    case nil: ""
    }
  }
}
