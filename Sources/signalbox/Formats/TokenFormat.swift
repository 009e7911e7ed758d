import SignalboxClient

enum TokenFormat {
  static func one(_ token: Token) -> Shown {
    .one(token, id: token.name) { style in
      var sheet = FactSheet()
      sheet.add("name", token.name)
      sheet.add("role", token.role.word)
      sheet.add("person", token.person)
      sheet.add("created", Instant.text(milliseconds: token.createdAtMs))
      sheet.add("revoked", token.revoked ? "yes" : "no")
      return sheet.rendered(style)
    }
  }

  static func many(_ tokens: [Token]) -> Shown {
    .many(tokens, id: \.name) { style in
      var table = Table("NAME", "ROLE", "PERSON", "CREATED", "STATE")
      for token in tokens {
        table.add(
          token.name, token.role.word, token.person, Instant.text(milliseconds: token.createdAtMs),
          token.revoked ? "revoked" : "valid")
      }
      return table.rendered(style)
    }
  }
}
