@testable import SignalboxCore

/// What the conditions mean, written a second time and as plainly as possible: lower-case strings, split
/// words, no numbers, no tables. The evaluator is compared with it.
enum NaiveRules {
  static func holds(_ condition: Condition, _ facts: RoutingFacts) -> Bool { holds(condition, NaiveTicket(facts)) }

  static func holds(_ condition: Condition, _ facts: NaiveTicket) -> Bool {
    switch condition {
    case .and(let parts): return parts.allSatisfy { holds($0, facts) }
    case .or(let parts): return parts.contains { holds($0, facts) }
    case .not(let part): return !holds(part, facts)
    case .equals(let atom):
      if atom.field == .tag { return has(facts, atom.value.value) }
      return facts.texts(atom.field).contains { $0.lowered == atom.value.value.lowercased() }
    case .notEquals(let atom):
      if atom.field == .tag { return !has(facts, atom.value.value) }
      return facts.texts(atom.field).contains { $0.lowered != atom.value.value.lowercased() }
    case .isIn(let atom):
      return values(atom.values).contains { value in
        atom.field == .tag
          ? has(facts, value) : facts.texts(atom.field).contains { $0.lowered == value.lowercased() }
      }
    case .contains(let atom):
      return facts.texts(atom.field).contains {
        contains(Array($0.lowered), Array(atom.value.value.lowercased()))
      }
    case .anyWordOf(let atom):
      return values(atom.words).contains { hasWords(atom.field, $0, facts) }
    case .allWordsOf(let atom):
      return values(atom.words).allSatisfy { hasWords(atom.field, $0, facts) }
    }
  }

  private static func has(_ facts: NaiveTicket, _ tag: String) -> Bool {
    facts.texts(.tag).contains { $0.lowered == tag.lowercased() }
  }

  private static func hasWords(_ field: Field, _ phrase: String, _ facts: NaiveTicket) -> Bool {
    let words = NaiveTicket.Text(phrase).words
    return facts.texts(field).contains { contains($0.words, words) }
  }

  private static func contains<Element: Equatable>(_ all: [Element], _ part: [Element]) -> Bool {
    var rest = all[...]
    while rest.count >= part.count {
      if rest.starts(with: part) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  private static func values(_ list: ValueList) -> [String] {
    switch list {
    case .inline(let literals, _): literals.map(\.value)
    case .list: []
    }
  }

  /// None for an absent field, two for `text`.
  static func texts(_ field: Field, _ facts: RoutingFacts) -> [String] {
    switch field {
    case .subject: [facts.subject]
    case .body: [facts.body]
    case .text: [facts.subject, facts.body]
    case .category: facts.category.map { [$0] } ?? []
    case .resource: facts.resource.map { [$0] } ?? []
    case .channel: [facts.channel]
    case .requester: facts.requester.map { [$0] } ?? []
    case .requesterDomain:
      facts.requester.map { $0.split(separator: "@", omittingEmptySubsequences: false).map(String.init) }
        .flatMap { $0.count > 1 && $0.last != "" ? [$0[$0.count - 1]] : nil } ?? []
    case .organization: facts.requesterOrganization.map { [$0] } ?? []
    case .tag: facts.tags
    case .priority: [facts.priority]
    }
  }
}
