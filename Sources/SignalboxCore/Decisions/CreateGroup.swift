/// A tenant admin names people who are granted roles together.
package struct CreateGroup: Sendable {
  package var name: String
  package var displayName: String
  /// Handles.
  package var members: [String]

  package init(name: String, displayName: String, members: [String]) {
    self.name = name
    self.displayName = displayName
    self.members = members
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Group> {
    var check = FieldCheck()
    check.name("name", name)
    check.line("display_name", displayName, atMost: Limits.displayNameLength, required: false)
    check.count("members", members.count, atMost: Limits.membersPerGroup)
    try check.finish()
    guard situation.configuration.group(named: name) == nil else {
      throw Rejection(.alreadyExists, "there is a group `\(name)` already; choose another name, or change its members")
    }
    try situation.requireRoom(for: .groups)
    let group = Group(
      id: GroupID(situation.revision.value), name: name, displayName: displayName.isEmpty ? name : displayName,
      members: try situation.people(withHandles: members))
    return Decided(
      group,
      Plan(
        changes: [.insertGroup(group)],
        event: Event(
          .groupCreated, subject: name, changes: [situation.change(ofMembers: [], to: group.members)])))
  }
}

extension Situation {
  /// Each once, in their order.
  func people(withHandles handles: [String]) throws(Rejection) -> [PersonID] {
    var people: [PersonID] = []
    var seen: Set<PersonID> = []
    for handle in handles {
      let id = try person(withHandle: handle).id
      if seen.insert(id).inserted { people.append(id) }
    }
    return people
  }

  func change(ofMembers before: [PersonID], to after: [PersonID]) -> Event.FieldChange {
    func text(_ members: [PersonID]) -> String? {
      members.isEmpty ? nil : members.compactMap { handle($0) }.joined(separator: ", ")
    }
    return Event.FieldChange("members", from: text(before), to: text(after))
  }
}
