/// A tenant admin says who is in a group from now on, adding and removing.
package struct UpdateGroupMembers: Sendable {
  package var name: String
  /// Handles. Who is in both lists is removed.
  package var add: [String]
  package var remove: [String]

  package init(name: String, add: [String], remove: [String]) {
    self.name = name
    self.add = add
    self.remove = remove
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Group> {
    var check = FieldCheck()
    if add.isEmpty, remove.isEmpty { check.add("add", "or `remove` is required: whom to add or remove") }
    check.count("add", add.count, atMost: Limits.membersPerGroup)
    check.count("remove", remove.count, atMost: Limits.membersPerGroup)
    try check.finish()
    var group = try situation.group(named: name)
    let before = group.members
    let added = try situation.people(withHandles: add)
    let removed = Set(try situation.people(withHandles: remove))
    group.members.append(contentsOf: added.filter { !before.contains($0) })
    group.members.removeAll(where: removed.contains)
    guard group.members.count <= Limits.membersPerGroup else {
      throw Rejection(
        .limitReached,
        "the group would have \(group.members.count) members, at most \(Limits.membersPerGroup) are allowed")
    }
    return Decided(
      group,
      Plan(
        changes: [.updateMembers(group)],
        event: Event(
          .groupMembersChanged, subject: name, changes: [situation.change(ofMembers: before, to: group.members)])))
  }
}
