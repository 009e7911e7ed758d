import SignalboxClient

enum PersonFormat {
  static func one(_ person: Person) -> Shown {
    .one(person, id: person.handle) { style in
      var sheet = FactSheet()
      sheet.add("handle", person.handle)
      sheet.add("display name", person.displayName)
      sheet.add("email", person.email)
      sheet.add("organization", person.organization)
      if person.hasAbsence {
        let absence = person.absence
        let substitute = absence.substitute.isEmpty ? "nobody stands in" : "\(absence.substitute) stands in"
        sheet.add(
          "absence",
          "\(Instant.text(milliseconds: absence.fromMs)) to \(Instant.text(milliseconds: absence.untilMs)), \(substitute)"
        )
      }
      if person.presenceSinceMs != 0 {
        sheet.add(
          "presence", "\(person.presence.word) since \(Instant.text(milliseconds: person.presenceSinceMs))")
      }
      if person.hasCapacity { sheet.add("capacity", Count.of(person.capacity, "unit")) }
      sheet.add("skills", person.skills)
      return sheet.rendered(style)
    }
  }

  static func many(_ people: [Person]) -> Shown {
    .many(people, id: \.handle) { style in
      var table = Table("HANDLE", "ORGANIZATION", "EMAIL", "DISPLAY NAME")
      for person in people { table.add(person.handle, person.organization, person.email, person.displayName) }
      return table.rendered(style)
    }
  }
}
