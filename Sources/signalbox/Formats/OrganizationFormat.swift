import SignalboxClient

enum OrganizationFormat {
  static func one(_ organization: Organization) -> Shown {
    .one(organization, id: organization.name) { style in
      var sheet = FactSheet()
      sheet.add("name", organization.name)
      sheet.add("kind", organization.kind.word)
      sheet.add("display name", organization.displayName)
      return sheet.rendered(style)
    }
  }

  static func many(_ organizations: [Organization]) -> Shown {
    .many(organizations, id: \.name) { style in
      var table = Table("NAME", "KIND", "DISPLAY NAME")
      for organization in organizations {
        table.add(organization.name, organization.kind.word, organization.displayName)
      }
      return table.rendered(style)
    }
  }
}
