import Foundation
@testable import SignalboxCore

/// What the conditions mean, written a second time and as plainly as possible: lower-case strings, split
/// words, no numbers, no tables. The evaluator is compared with it.
enum NaiveRules {
  static func holds(_ condition: Condition, _ facts: RoutingFacts, custom: String? = nil) -> Bool {
    switch condition {
    case .and(let parts): return parts.filter { !holds($0, facts) }.isEmpty
    case .or(let parts): return !parts.filter { holds($0, facts) }.isEmpty
    case .not(let part): return !holds(part, facts)
    case .custom(let atom): return holds(atom.inner, facts, custom: atom.name.value)
    default: break
    }
    guard let field = condition.atom?.field else { return false }
    let texts = texts(field, facts, custom)
    switch condition {
    case .equals(let atom): return texts.contains { same($0, atom.value.value) }
    case .notEquals(let atom):
      if field == .tag { return !texts.contains { same($0, atom.value.value) } }
      return texts.contains { !same($0, atom.value.value) }
    case .isIn(let atom): return values(atom.values).contains { value in texts.contains { same($0, value) } }
    case .contains(let atom):
      return texts.contains { contains(Array($0.lowercased()), Array(atom.value.value.lowercased())) }
    case .startsWith(let atom):
      return texts.contains { Array($0.lowercased()).starts(with: Array(atom.value.value.lowercased())) }
    case .endsWith(let atom):
      // Scalars: a part may begin with what belongs to a letter before it, but never end before.
      return texts.contains {
        Array($0.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.reversed()).starts(
          with: Array(atom.value.value.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.reversed()))
      }
    case .anyWordOf(let atom):
      return values(atom.words).contains { phrase in texts.contains { contains(words($0), words(phrase)) } }
    case .allWordsOf(let atom):
      return values(atom.words).allSatisfy { phrase in texts.contains { contains(words($0), words(phrase)) } }
    case .near(let atom):
      return texts.contains { text in
        let all = words(text)
        return all.indices.contains { start in
          let window = Array(all[start..<min(all.count, start + atom.window)])
          return values(atom.words).allSatisfy { contains(window, words($0)) }
        }
      }
    case .less(let atom): return compare(field, texts, atom.value.value, facts).map { $0 < 0 } ?? false
    case .atMost(let atom): return compare(field, texts, atom.value.value, facts).map { $0 <= 0 } ?? false
    case .greater(let atom): return compare(field, texts, atom.value.value, facts).map { $0 > 0 } ?? false
    case .atLeast(let atom): return compare(field, texts, atom.value.value, facts).map { $0 >= 0 } ?? false
    case .isAbsent: return field.kind == .duration ? milliseconds(field, facts) == nil : texts.isEmpty
    case .and, .or, .not, .custom: return false
    }
  }

  private static func same(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }

  static func words(_ text: String) -> [String] {
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

  // MARK: Order

  /// Below 0, 0 or above; nil if there is nothing to compare.
  private static func compare(_ field: Field, _ texts: [String], _ bound: String, _ facts: RoutingFacts) -> Double? {
    func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Double { left < right ? -1 : left > right ? 1 : 0 }
    if field.kind == .duration {
      let units: [Character: Double] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
      guard let value = milliseconds(field, facts), let unit = bound.last.flatMap({ units[$0] }),
        let amount = Double(bound.dropLast())
      else { return nil }
      return value - amount * unit
    }
    guard let text = texts.first else { return nil }
    switch field {
    case .priority:
      let order = ["low", "normal", "high", "urgent"]
      guard let left = order.firstIndex(of: text), let right = order.firstIndex(of: bound) else { return nil }
      return sign(left, right)
    case .time, .date: return sign(text, bound)
    default:
      guard let left = Double(text), let right = Double(bound), text.last != ".",
        text.allSatisfy({ "-.0123456789".contains($0) })
      else { return nil }
      return sign(left, right)
    }
  }

  private static func milliseconds(_ field: Field, _ facts: RoutingFacts) -> Double? {
    let now = Double(facts.now.milliseconds)
    switch field {
    case .age: return now - Double(facts.createdAt.milliseconds)
    case .idle: return now - Double(facts.updatedAt.milliseconds)
    case .timeInQueue: return facts.queuedAt.map { now - Double($0.milliseconds) }
    case .dueIn: return facts.dueAt.map { Double($0.milliseconds) - now }
    default: return nil
    }
  }

  private static func clock(_ facts: RoutingFacts, _ format: String) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
    let local = Date(
      timeIntervalSince1970: Double(facts.now.milliseconds) / 1_000 + Double(facts.utcOffsetMinutes) * 60)
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: local)
    func padded(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    switch format {
    case "time": return padded(parts.hour) + ":" + padded(parts.minute)
    case "date": return "\(parts.year ?? 0)-" + padded(parts.month) + "-" + padded(parts.day)
    default:
      return ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"][(parts.weekday ?? 1) - 1]
    }
  }

  // MARK: Fields

  /// None for an absent field, two for `text`, all for `tag`.
  private static func texts(_ field: Field, _ facts: RoutingFacts, _ custom: String?) -> [String] {
    func one(_ value: String?) -> [String] { value.map { [$0] } ?? [] }
    switch field {
    case .subject: return [facts.subject]
    case .body: return [facts.body]
    case .text: return [facts.subject, facts.body]
    case .category: return one(facts.category)
    case .resource: return one(facts.resource)
    case .channel: return [facts.channel]
    case .requester: return one(facts.requester)
    case .requesterDomain:
      return facts.requester.map { $0.split(separator: "@", omittingEmptySubsequences: false).map(String.init) }
        .flatMap { $0.count > 1 && $0.last != "" ? [$0[$0.count - 1]] : nil } ?? []
    case .organization: return one(facts.requesterOrganization)
    case .tag: return facts.tags
    case .priority: return [facts.priority]
    case .type: return one(facts.type)
    case .status: return [facts.status]
    case .queue: return one(facts.queue)
    case .previousQueue: return one(facts.previousQueue)
    case .assignee: return one(facts.assignee)
    case .queueOrganization: return one(facts.queueOrganization)
    case .handoffs: return ["\(facts.handoffs)"]
    case .comments: return ["\(facts.comments)"]
    case .time: return [clock(facts, "time")]
    case .weekday: return [clock(facts, "weekday")]
    case .date: return [clock(facts, "date")]
    case .event: return ["\(facts.event)"]
    case .comment: return one(facts.comment)
    case .custom: return facts.fields.filter { $0.name == custom }.map(\.value)
    case .age, .idle, .timeInQueue, .dueIn: return []
    }
  }
}
