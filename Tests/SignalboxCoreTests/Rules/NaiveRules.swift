@testable import SignalboxCore

/// What the conditions mean, written a second time and as plainly as possible: lower-case strings, split
/// words, no numbers, no tables. The evaluator is compared with it.
enum NaiveRules {
  static func holds(_ condition: Condition, _ facts: RoutingFacts) -> Bool {
    switch condition {
    case .and(let parts): return parts.filter { !holds($0, facts) }.isEmpty
    case .or(let parts): return !parts.filter { holds($0, facts) }.isEmpty
    case .not(let part): return !holds(part, facts)
    case .equals(let atom):
      if atom.field == .tag { return has(facts, atom.value.value) }
      return texts(atom.field, facts).contains { $0.lowercased() == atom.value.value.lowercased() }
    case .notEquals(let atom):
      if atom.field == .tag { return !has(facts, atom.value.value) }
      return texts(atom.field, facts).contains { $0.lowercased() != atom.value.value.lowercased() }
    case .isIn(let atom):
      return values(atom.values).contains { value in
        atom.field == .tag
          ? has(facts, value) : texts(atom.field, facts).contains { $0.lowercased() == value.lowercased() }
      }
    case .contains(let atom):
      return texts(atom.field, facts).contains {
        contains(Array($0.lowercased()), Array(atom.value.value.lowercased()))
      }
    case .anyWordOf(let atom):
      return values(atom.words).contains { hasWords(atom.field, $0, facts) }
    case .allWordsOf(let atom):
      return values(atom.words).allSatisfy { hasWords(atom.field, $0, facts) }
    }
  }

  private static func has(_ facts: RoutingFacts, _ tag: String) -> Bool {
    facts.tags.contains { $0.lowercased() == tag.lowercased() }
  }

  private static func hasWords(_ field: Field, _ phrase: String, _ facts: RoutingFacts) -> Bool {
    texts(field, facts).contains { contains(words($0), words(phrase)) }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
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
  private static func texts(_ field: Field, _ facts: RoutingFacts) -> [String] {
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
