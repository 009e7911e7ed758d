import SignalboxClient

enum GroupFormat {
  static func one(_ group: Group) -> Shown {
    .one(group, id: group.name) { style in
      var sheet = FactSheet()
      sheet.add("name", group.name)
      sheet.add("display name", group.displayName)
      sheet.add("members", group.members.joined(separator: ", "))
      return sheet.rendered(style)
    }
  }

  static func many(_ groups: [Group]) -> Shown {
    .many(groups, id: \.name) { style in
      var table = Table("NAME", "MEMBERS", "DISPLAY NAME")
      for group in groups { table.add(group.name, "\(group.members.count)", group.displayName) }
      return table.rendered(style)
    }
  }
}
